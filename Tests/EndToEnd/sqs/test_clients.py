"""Programs that people run on SQS: kombu and a celery worker."""

import os
import subprocess
import sys
import textwrap
import time
import urllib.parse
import uuid

import pytest

kombu = pytest.importorskip("kombu")


def broker(endpoint, root):
    """The broker URL of the SQS transport for an endpoint without TLS."""
    keys = ":".join(urllib.parse.quote(part, safe="") for part in (root.access_key, root.secret))
    return f"sqs://{keys}@{endpoint.split('//')[1]}"


def options(endpoint, prefix):
    return {"region": "us-east-1", "is_secure": False, "wait_time_seconds": 2, "queue_name_prefix": prefix, "polling_interval": 0.1}


def test_kombu_publishes_and_consumes(endpoint, account):
    root = account()
    with kombu.Connection(broker(endpoint, root), transport_options=options(endpoint, "kombu-")) as connection:
        queue = connection.SimpleQueue("tasks")
        for number in range(5):
            queue.put({"number": number})
        got = []
        for _ in range(5):
            message = queue.get(timeout=60)
            got.append(message.payload["number"])
            message.ack()
        queue.close()
    assert sorted(got) == list(range(5))


@pytest.mark.timeout(600)
def test_a_celery_worker_runs_tasks(endpoint, account, tmp_path, client):
    pytest.importorskip("celery")
    root = account()
    prefix = f"celery-{uuid.uuid4().hex[:8]}-"
    (tmp_path / "jobs.py").write_text(
        textwrap.dedent(
            f"""
            import celery
            app = celery.Celery("jobs", broker={broker(endpoint, root)!r})
            app.conf.broker_transport_options = {options(endpoint, prefix)!r}
            app.conf.task_create_missing_queues = True
            @app.task
            def write(name):
                open(name, "w").write("done")
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "AWS_DEFAULT_REGION": "us-east-1"}
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "jobs", "worker", "--pool", "solo", "--loglevel", "warning", "--without-mingle",
         "--without-gossip", "--without-heartbeat"],
        env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        names = [str(tmp_path / f"result-{number}") for number in range(5)]
        code = "import sys, jobs\nfor name in sys.argv[1:]: jobs.write.delay(name)"
        subprocess.run([sys.executable, "-c", code, *names], env=environment, cwd=tmp_path, check=True, timeout=120)
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline and not all(os.path.exists(name) for name in names):
            assert worker.poll() is None, worker.stdout.read()
            time.sleep(0.2)
        assert all(os.path.exists(name) for name in names)
    finally:
        worker.terminate()
        try:
            worker.wait(15)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
