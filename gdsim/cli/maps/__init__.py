"""The commands of maps: basins, settings, sweeps and tuning."""
