"""The child workflow, which returns a result to its parent."""

from simpleflow import Workflow, futures

from .steps import pack


class PackWorkflow(Workflow):
    name = "pack"
    version = "1"
    task_list = "orders"

    def run(self, parts):
        packed = self.submit(pack, parts)
        futures.wait(packed)
        return packed.result
