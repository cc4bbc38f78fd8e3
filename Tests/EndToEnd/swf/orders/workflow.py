"""An order: its parts are made side by side, a child workflow packs them, a timer passes, a person signals, a marker is left."""

from simpleflow import Workflow, futures

from . import packing
from .steps import make, ship, stumble


class OrderWorkflow(Workflow):
    name = "order"
    version = "1"
    task_list = "orders"

    def run(self, parts):
        made = self.map(make, range(parts))
        futures.wait(*made)
        packed = self.submit(packing.PackWorkflow, [each.result for each in made])
        pause = self.submit(self.start_timer("pause", 1))
        futures.wait(packed, pause)
        futures.wait(self.submit(self.record_marker("packed", details=packed.result)))
        approval = self.submit(self.wait_signal("approved"))
        futures.wait(approval)
        shipped = self.submit(ship, packed.result)
        failed = self.submit(stumble)
        futures.wait(shipped, failed)
        return {"shipped": shipped.result, "stumbled": failed.exception is not None}


class AgainWorkflow(Workflow):
    """Goes on as a new run until it has counted down."""

    name = "again"
    version = "1"
    task_list = "orders"

    def run(self, left):
        futures.wait(self.submit(make, left))
        if left > 0:
            futures.wait(self.submit(self.continue_as_new(left=left - 1)))
        return "done"
