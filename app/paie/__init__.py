"""Bulletins: who is to be paid for a month, and from the calculation on, the payslips."""
