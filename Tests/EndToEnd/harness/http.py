"""Requests signed by hand, for what an SDK would never send."""

import datetime
import json
import socket
import urllib.parse

import requests
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials


def signed(endpoint, service, creds, method="POST", path="/", body=b"", headers=None, region="us-east-1", skew=0):
    """Headers of a request signed `skew` seconds from now."""
    url = endpoint + path
    request = AWSRequest(method, url, headers=dict(headers or {}), data=body)
    auth_type = S3SigV4Auth if service == "s3" else SigV4Auth
    auth = auth_type(BotoCredentials(creds.access_key, creds.secret, creds.token), service, region)
    if skew:
        moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=skew)
        import botocore.auth as module

        original = module.get_current_datetime
        module.get_current_datetime = lambda remove_tzinfo=True: moment.replace(tzinfo=None) if remove_tzinfo else moment
        try:
            auth.add_auth(request)
        finally:
            module.get_current_datetime = original
    else:
        auth.add_auth(request)
    return dict(request.headers.items())


def send(endpoint, service, creds, method="POST", path="/", body=b"", headers=None, region="us-east-1", skew=0, change=None):
    """Sends a signed request; `change` may spoil its headers after signing."""
    if isinstance(body, str):
        body = body.encode()
    headers = signed(endpoint, service, creds, method, path, body, headers, region, skew)
    if change:
        change(headers)
    return requests.request(method, endpoint + path, data=body, headers=headers, timeout=30, verify=False)


def query(endpoint, service, creds, action, version, parameters=None, **more):
    """An operation of the query protocol."""
    body = urllib.parse.urlencode({"Action": action, "Version": version, **(parameters or {})})
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    return send(endpoint, service, creds, body=body, headers=headers, **more)


def json10(endpoint, service, creds, target, body, version="1.0", **more):
    """An operation of the JSON protocols."""
    headers = {"Content-Type": f"application/x-amz-json-{version}", "X-Amz-Target": target, **more.pop("headers", {})}
    return send(endpoint, service, creds, body=body if isinstance(body, (str, bytes)) else json.dumps(body), headers=headers, **more)


def raw(port, data, seconds=30.0, close_writing=False, host="127.0.0.1"):
    """Sends bytes as they are and answers with all that comes back until the other side closes or is silent.

    A reset connection is an end like another; a server that neither answers nor closes in time answers b"".
    """
    answer = b""
    with socket.create_connection((host, port), timeout=seconds) as connection:
        try:
            connection.sendall(data)
            if close_writing:
                connection.shutdown(socket.SHUT_WR)
            while True:
                part = connection.recv(1 << 16)
                if not part:
                    break
                answer += part
                if complete(answer):
                    break
        except OSError:
            pass
    return answer


def complete(answer):
    """Whether a whole HTTP answer with a length, or one that has no body, is there."""
    head, separator, body = answer.partition(b"\r\n\r\n")
    if not separator:
        return False
    if status_of(head) in (204, 304):
        return True
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return len(body) >= int(value)
    return False


def status_of(answer):
    """The status of raw answer bytes; None if there is no answer."""
    if not answer.startswith(b"HTTP/1."):
        return None
    return int(answer[9:12])
