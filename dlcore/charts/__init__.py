"""What the pages show: pure functions of data and labels, one file for each subject; they know nothing of the web."""
