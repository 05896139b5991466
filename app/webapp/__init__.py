"""Web floor: application factory, security, screens, error pages."""
