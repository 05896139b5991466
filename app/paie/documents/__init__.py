"""Printed documents of the payroll: bulletin, livre de paie; drawn from values alone."""
