"""The installer: lays a version of the program in a person's own folder, without their data."""
