"""Weekly Dutch management reports from case-system and bookkeeping exports."""

import os

__version__ = "0.1.0"

# Set here because each library reads its switch while it is imported; no data may leave the organisation.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY"] = "false"
