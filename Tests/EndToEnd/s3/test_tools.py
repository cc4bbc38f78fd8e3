"""Tools that people use: the AWS CLI's sync, s3fs and smart_open."""

import os

import pytest


@pytest.fixture
def home(account, client, unique):
    creds = account()
    name = unique("bucket")
    client("s3", creds).create_bucket(Bucket=name)
    return creds, name


def tree(root):
    found = {}
    for folder, _, files in os.walk(root):
        for file in files:
            path = os.path.join(folder, file)
            with open(path, "rb") as handle:
                found[os.path.relpath(path, root)] = handle.read()
    return found


@pytest.mark.timeout(900)
def test_a_tree_of_a_thousand_files_goes_up_and_down(home, aws, tmp_path):
    creds, name = home
    up = tmp_path / "up"
    for index in range(1000):
        path = up / f"folder {index % 10}" / f"sub+{index % 7}" / f"file {index} ü.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%d" % index * (index % 50))
        # S3 knows whole seconds: a file written within the second of its upload would count as newer.
        os.utime(path, (1_700_000_000, 1_700_000_000))
    aws("s3", "sync", str(up), f"s3://{name}/tree", creds=creds, timeout=400)
    assert len(aws("s3", "ls", f"s3://{name}/tree", "--recursive", creds=creds).stdout.splitlines()) == 1000
    again = aws("s3", "sync", str(up), f"s3://{name}/tree", creds=creds)
    assert again.stdout.strip() == ""
    down = tmp_path / "down"
    aws("s3", "sync", f"s3://{name}/tree", str(down), creds=creds, timeout=400)
    assert tree(down) == tree(up)
    (up / "folder 1" / "sub+1" / "file 1 ü.txt").unlink()
    changed = aws("s3", "sync", str(up), f"s3://{name}/tree", "--delete", creds=creds)
    assert changed.stdout.count("delete:") == 1
    aws("s3", "rm", f"s3://{name}/tree", "--recursive", "--quiet", creds=creds)
    aws("s3", "rb", f"s3://{name}", creds=creds)


def test_the_cli_moves_a_large_file_in_parts(home, aws, tmp_path):
    creds, name = home
    path = tmp_path / "large"
    path.write_bytes(os.urandom(20 << 20))
    aws("s3", "cp", str(path), f"s3://{name}/large", creds=creds)
    aws("s3", "mv", f"s3://{name}/large", f"s3://{name}/moved", creds=creds)
    aws("s3", "cp", f"s3://{name}/moved", str(tmp_path / "back"), creds=creds)
    assert (tmp_path / "back").read_bytes() == path.read_bytes()
    assert aws("s3", "ls", f"s3://{name}/large", creds=creds, check=False).returncode == 1


def test_s3fs(home, endpoint):
    s3fs = pytest.importorskip("s3fs")
    creds, name = home
    fs = s3fs.S3FileSystem(
        key=creds.access_key, secret=creds.secret, endpoint_url=endpoint, skip_instance_cache=True,
        client_kwargs={"region_name": "us-east-1"},
    )
    with fs.open(f"{name}/a/b.txt", "wb") as file:
        file.write(b"hello " * 1000)
    with fs.open(f"{name}/big", "wb", block_size=5 << 20) as file:
        for _ in range(12):
            file.write(b"x" * (1 << 20))
    assert sorted(fs.ls(name)) == [f"{name}/a", f"{name}/big"]
    assert fs.info(f"{name}/big")["size"] == 12 << 20
    with fs.open(f"{name}/big", "rb") as file:
        file.seek(6 << 20)
        assert file.read(10) == b"x" * 10
    fs.copy(f"{name}/a/b.txt", f"{name}/a/c.txt")
    fs.mv(f"{name}/a/c.txt", f"{name}/d.txt")
    assert fs.cat(f"{name}/d.txt") == b"hello " * 1000
    assert sorted(fs.find(name)) == [f"{name}/a/b.txt", f"{name}/big", f"{name}/d.txt"]
    fs.rm(f"{name}/a", recursive=True)
    assert not fs.exists(f"{name}/a/b.txt")


def test_smart_open(home, client):
    smart_open = pytest.importorskip("smart_open")
    creds, name = home
    parameters = {"client": client("s3", creds), "min_part_size": 5 << 20}
    lines = [f"line {index} ü\n" for index in range(400_000)]
    with smart_open.open(f"s3://{name}/text.txt", "w", encoding="utf-8", transport_params=parameters) as file:
        file.writelines(lines)
    head = client("s3", creds).head_object(Bucket=name, Key="text.txt")
    assert head["ContentLength"] == len("".join(lines).encode()) and "-" in head["ETag"]
    with smart_open.open(f"s3://{name}/text.txt", encoding="utf-8", transport_params=parameters) as file:
        assert sum(1 for _ in file) == len(lines)
    with smart_open.open(f"s3://{name}/text.txt", "rb", transport_params=parameters) as file:
        file.seek(-10, 2)
        assert file.read() == "".join(lines).encode()[-10:]
    with smart_open.open(f"s3://{name}/packed.gz", "w", transport_params=parameters) as file:
        file.write("packed " * 1000)
    with smart_open.open(f"s3://{name}/packed.gz", transport_params=parameters) as file:
        assert file.read() == "packed " * 1000
