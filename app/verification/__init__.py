"""Is everything sound: the base, its links, its journal."""
