"""Fitting the mechanism to coded clusters, and holding the fit against what it was not shown."""
