"""The command line: `gdsim` opens the window, `gdsim run` races without one."""
