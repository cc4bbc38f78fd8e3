"""The activities."""

from simpleflow import activity

SETTINGS = {"version": "1", "task_list": "orders-work", "schedule_to_start_timeout": 120, "start_to_close_timeout": 60, "heartbeat_timeout": 30,
            "schedule_to_close_timeout": 180}


@activity.with_attributes(**SETTINGS)
def make(number):
    return f"part {number}"


@activity.with_attributes(**SETTINGS)
def pack(parts):
    return f"{len(parts)} parts"


@activity.with_attributes(**SETTINGS)
def ship(parcel):
    return f"shipped {parcel}"


@activity.with_attributes(**SETTINGS, raises_on_failure=False)
def stumble():
    raise ValueError("a loose stone")
