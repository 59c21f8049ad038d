"""The parts of `huzhu.population`: draws, columns, people, events and what they are calibrated to. Not for users.

draws         random bits to amounts, codes and dates, in whole numbers alone
calibration   what was published and what is assumed, with its source
people        members and their work units
covers        who joined which plan
events        the rows of each plan
"""
