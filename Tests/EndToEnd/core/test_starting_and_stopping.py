"""The program as a program: start, messages, end."""

import os
import re
import signal
import socket
import ssl
import subprocess
import time

import pytest
import requests

from harness import binary
from harness.events import eventually, within
from harness.server import free_port


def test_it_prints_the_endpoint_and_three_lines_to_paste(server):
    running = server()
    # The port takes connections a moment before.
    eventually(lambda: running.output().count("export") >= 3)
    text = running.output()
    assert running.endpoint in text
    exports = [line for line in text.splitlines() if line.startswith("export ")]
    assert len(exports) == 3
    assert f"export AWS_ENDPOINT_URL={running.endpoint}" in exports


def test_the_lines_of_env_make_the_aws_cli_work(server):
    running = server()
    lines = running.hakoniwa("env")
    assert lines.returncode == 0, lines.stderr
    done = subprocess.run(
        ["bash", "-c", f'eval "$1"; "$0" -m awscli sts get-caller-identity --query Account --output text', os.sys.executable, lines.stdout],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == "000000000000", done.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(server, how):
    running = server()
    time.sleep(0.2)  # signals are caught a moment after connections are taken
    assert running.stop(how) == 0
    assert "rror" not in running.output()


def test_it_ends_soon_though_a_long_poll_is_parked_and_a_connection_is_idle(server, client):
    import threading

    def stops():
        running = server()
        sqs = client("sqs", at=running.endpoint)
        url = sqs.create_queue(QueueName="q")["QueueUrl"]
        idle = socket.create_connection(("127.0.0.1", running.port))

        def poll():
            try:
                sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)
            except Exception:
                pass

        thread = threading.Thread(target=poll)
        thread.start()
        running.parked(1)
        started = time.monotonic()
        assert running.stop() == 0
        took = time.monotonic() - started
        idle.close()
        thread.join()
        return took

    within(6, stops)


def test_a_used_port_is_named(server):
    first = server()
    second = server(start=False)
    second.port = first.port
    second.start(wait=False)
    assert second.process.wait(60) != 0
    assert str(first.port) in second.output()
    assert "in use" in second.output() or "already" in second.output()
    assert len(second.output()) < 1000


def test_a_locked_data_folder_is_named(server):
    first = server()
    second = server(data=first.data, start=False)
    second.start(wait=False)
    assert second.process.wait(60) != 0
    assert first.data in second.output()
    assert "in use by another" in second.output()
    first.stop()
    assert server(data=first.data).is_alive(), "the folder is free again"


def test_a_data_folder_that_cannot_be_made_is_named(server, tmp_path):
    (tmp_path / "file").write_text("")
    running = server(data=tmp_path / "file" / "data", start=False)
    running.start(wait=False)
    assert running.process.wait(60) != 0
    assert str(tmp_path / "file") in running.output()


@pytest.mark.parametrize("options", [["--port", "port"], ["--port", "70000"], ["--durability", "never"], ["--enforcement", "maybe"],
                                     ["--log-level", "loud"], ["--tls", "magic"], ["--region", "Mars"], ["--nonsense"],
                                     ["--tls-key", "only"]])
def test_a_wrong_option_is_refused_at_once(options, tmp_path):
    done = subprocess.run([binary(), "serve", *options], capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert done.returncode != 0
    assert options[0].lstrip("-").split("-")[0].lower() in (done.stdout + done.stderr).lower()
    assert not os.listdir(tmp_path), "nothing was made"


def test_help_lists_every_option_with_its_variable():
    done = subprocess.run([binary(), "serve", "--help"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    text = re.sub(r"\s+", " ", done.stdout)
    for option, variable in [("--host", "HAKONIWA_HOST"), ("--port", "HAKONIWA_PORT"), ("--data", "HAKONIWA_DATA"),
                             ("--ephemeral", "HAKONIWA_EPHEMERAL"), ("--durability", "HAKONIWA_DURABILITY"),
                             ("--tls", "HAKONIWA_TLS"), ("--tls-certificate", "HAKONIWA_TLS_CERTIFICATE"),
                             ("--tls-key", "HAKONIWA_TLS_KEY"), ("--log-level", "HAKONIWA_LOG_LEVEL"),
                             ("--enforcement", "HAKONIWA_ENFORCEMENT"), ("--region", "HAKONIWA_REGION")]:
        assert option in text
        assert variable in text
    assert "4566" in text and "127.0.0.1" in text


def test_every_command_has_help():
    done = subprocess.run([binary(), "--help"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    for command in ["serve", "env", "explain", "reset", "snapshot", "clock", "policy"]:
        assert f" {command} " in done.stdout, command
        assert subprocess.run([binary(), command, "--help"], capture_output=True, timeout=60).returncode == 0


def test_variables_work_as_options_do(server, tmp_path):
    port = free_port()
    running = server(start=False, env={"HAKONIWA_PORT": str(port), "HAKONIWA_DATA": str(tmp_path / "data"), "HAKONIWA_REGION": "eu-west-1"})
    running.port = port
    command = [binary(), "serve"]
    with open(running.log, "ab") as log:
        running.process = subprocess.Popen(command, stdout=log, stderr=log, env=running.env, cwd=tmp_path)
    running.wait()
    assert (tmp_path / "data").is_dir()
    assert "AWS_DEFAULT_REGION=eu-west-1" in running.hakoniwa("env", env={"HAKONIWA_REGION": "eu-west-1"}).stdout


def test_an_option_wins_over_its_variable(server):
    running = server(env={"HAKONIWA_PORT": "1"})
    assert running.get("/_hakoniwa/health").status_code == 200


def test_a_command_without_a_server_says_so_and_fails(server):
    running = server(start=False)
    for words in [["explain", "last"], ["reset"], ["clock"], ["snapshot", "list"]]:
        done = running.hakoniwa(*words)
        assert done.returncode != 0, words
        assert "serve" in done.stdout + done.stderr


def test_it_listens_on_loopback_only_unless_told_otherwise(server):
    running = server()
    with open("/proc/net/tcp") as table:
        rows = [line.split()[1] for line in table.readlines()[1:]]
    listening = {row for row in rows if row.endswith(f":{running.port:04X}")}
    assert "00000000" not in {row.split(":")[0] for row in listening}
    wide = server("--host", "0.0.0.0")
    eventually(lambda: "0.0.0.0" in wide.output() and "reach" in wide.output())


def test_ephemeral_keeps_nothing(server, client):
    running = server(ephemeral=True)
    client("s3", at=running.endpoint).create_bucket(Bucket="gone")
    running.restart()
    assert client("s3", at=running.endpoint).list_buckets()["Buckets"] == []
    assert not os.path.exists(running.data)


@pytest.mark.parametrize("durability", ["process", "power"])
def test_what_was_acknowledged_is_there_after_a_restart(server, client, durability):
    running = server("--durability", durability)
    s3 = client("s3", at=running.endpoint)
    sqs = client("sqs", at=running.endpoint)
    iam = client("iam", at=running.endpoint)
    s3.create_bucket(Bucket="kept")
    s3.put_object(Bucket="kept", Key="a/b", Body=b"content" * 1000, Metadata={"x": "y"})
    url = sqs.create_queue(QueueName="kept", Attributes={"VisibilityTimeout": "77"})["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="still here")
    iam.create_user(UserName="kept")
    assert running.stop() == 0
    running.start()
    assert s3.get_object(Bucket="kept", Key="a/b")["Body"].read() == b"content" * 1000
    assert s3.head_object(Bucket="kept", Key="a/b")["Metadata"] == {"x": "y"}
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]["VisibilityTimeout"] == "77"
    assert [message["Body"] for message in sqs.receive_message(QueueUrl=url)["Messages"]] == ["still here"]
    assert [user["UserName"] for user in iam.list_users()["Users"]] == ["kept"]


def test_tls_with_a_certificate_of_its_own(server, client):
    running = server("--tls", "self-signed")
    assert client("sts", at=running.endpoint).get_caller_identity()["Account"] == "000000000000"
    first = ssl.get_server_certificate(("127.0.0.1", running.port))
    running.restart()
    assert ssl.get_server_certificate(("127.0.0.1", running.port)) == first, "it is kept"
    # The certificate is good for verification by those who trust it.
    context = ssl.create_default_context(cadata=first)
    with socket.create_connection(("127.0.0.1", running.port)) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as wrapped:
            assert wrapped.version() in ("TLSv1.2", "TLSv1.3")
    assert running.hakoniwa("clock").returncode == 0


def test_tls_with_files(server, client, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        capture_output=True,
    )
    if made.returncode != 0:
        pytest.skip("openssl is not installed")
    running = server("--tls-certificate", str(certificate), "--tls-key", str(key))
    assert requests.get(running.endpoint + "/_hakoniwa/health", verify=str(certificate), timeout=10).status_code == 200
    assert client("sts", at=running.endpoint).get_caller_identity()["Account"] == "000000000000"


def test_a_missing_certificate_is_named(server, tmp_path):
    running = server("--tls-certificate", str(tmp_path / "no.pem"), "--tls-key", str(tmp_path / "no.key"), start=False)
    running.start(wait=False)
    assert running.process.wait(60) != 0
    assert "no.pem" in running.output() or "certificate" in running.output().lower()


def test_a_start_with_existing_data_is_quick(server, client):
    running = server()
    client("s3", at=running.endpoint).create_bucket(Bucket="bucket")

    def starts():
        running.stop()
        started = time.monotonic()
        running.start()
        assert client("s3", at=running.endpoint).head_bucket(Bucket="bucket")
        return time.monotonic() - started

    # The target is 0.1 s (measured by the benchmark, on a quiet machine); this guards against seconds.
    within(2, starts)
