import NIOCore
import Testing

@testable import FrontDoor

@Suite("HTTP messages")
struct HTTPMessageTests {
  @Test(
    "a request target keeps its bytes and is split at the first question mark",
    arguments: [
      ("/", "/", "", nil), ("/a%2Fb/c%20d?x=%3D&y", "/a%2Fb/c%20d", "x=%3D&y", nil), ("/?a?b", "/", "a?b", nil),
      ("//bucket//key", "//bucket//key", "", nil), ("*", "*", "", nil), ("/a://b", "/a://b", "", nil),
      ("http://host:8000/p?q", "/p", "q", "host:8000"), ("HTTP://h", "/", "", "h"), ("https://h?q", "/", "q", "h"),
    ] as [(String, String, String, String?)])
  func targets(target: String, path: String, query: String, authority: String?) throws {
    let parsed = try #require(HTTPRequestTarget(target))
    #expect(parsed.path == path)
    #expect(parsed.query == query)
    #expect(parsed.authority == authority)
  }

  @Test("targets in other forms are refused", arguments: ["", "host:443", "ftp://h/", "http://", "http:///p", "x"])
  func badTargets(target: String) {
    #expect(HTTPRequestTarget(target) == nil)
  }

  @Test("header names are compared without regard to ASCII case only")
  func headerNames() {
    let request = HTTPRequest(method: "GET", path: "/", headers: [("X-A", "1"), ("x-a", "2"), ("HOST", "h")])
    #expect(request.first("x-A") == "1")
    #expect(request.all("X-a") == ["1", "2"])
    #expect(request.first("x-b") == nil)
    #expect(request.authority == "h")
    #expect(!"[".equalsIgnoringASCIICase("{"))
    #expect(!"@".equalsIgnoringASCIICase("`"))
  }

  @Test(
    "dates are written as RFC 9110 wants them",
    arguments: [
      (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
      (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
    ])
  func dates(unixTime: Int, text: String) {
    #expect(HTTPDate.format(unixTime) == text)
  }

  private func head(_ response: HTTPResponse, framing: HTTPBodyFraming = .length(0)) -> String {
    var buffer = ByteBuffer()
    HTTPResponseHead(
      status: response.status, headers: response.headers, framing: framing, keepAlive: true, httpVersion10: false,
      date: "D", server: "S"
    ).write(into: &buffer)
    return String(buffer: buffer)
  }

  @Test("header values cannot end the head, and names must be tokens")
  func splitting() {
    let response = HTTPResponse(status: 200, headers: [("X-A", "1\r\nSet-Cookie: x\0"), ("Bad Name", "x"), ("", "y")])
    #expect(
      head(response) == "HTTP/1.1 200 OK\r\nX-A: 1  Set-Cookie: x \r\nDate: D\r\nServer: S\r\nContent-Length: 0\r\n\r\n"
    )
  }

  @Test("framing is the server's, Date and Server may be the responder's")
  func ownHeaders() {
    let response = HTTPResponse(
      status: 404,
      headers: [("content-length", "9"), ("Transfer-Encoding", "x"), ("date", "mine"), ("SERVER", "AmazonS3")])
    #expect(
      head(response, framing: .chunked)
        == "HTTP/1.1 404 Not Found\r\ndate: mine\r\nSERVER: AmazonS3\r\nTransfer-Encoding: chunked\r\n\r\n")
  }

  @Test("an answer's end is known to every kind of client")
  func framings() {
    func framing(_ response: HTTPResponse, head: Bool = false, http10: Bool = false) -> HTTPBodyFraming {
      HTTPBodyFraming(response, toHead: head, httpVersion10: http10)
    }
    let stream = HTTPResponse(status: 200, body: .stream(HTTPBodyStream { _ in }))
    let known = HTTPResponse(status: 200, body: .stream(HTTPBodyStream(length: 7) { _ in }))
    #expect(framing(HTTPResponse(status: 200)) == .length(0))
    #expect(framing(HTTPResponse(status: 204)) == .none)
    #expect(framing(HTTPResponse(status: 304)) == .none)
    #expect(framing(stream) == .chunked)
    #expect(framing(stream, http10: true) == .untilClose)
    #expect(framing(known) == .length(7))
    #expect(framing(known, head: true) == .length(7))
    #expect(framing(HTTPResponse(status: 200, headContentLength: 5), head: true) == .length(5))
    #expect(framing(HTTPResponse(status: 200, headers: [("Content-Length", "6")]), head: true) == .length(6))
  }

  @Test("a body from memory is collected whole, or refused when it is larger than allowed")
  func collecting() async throws {
    #expect(try await HTTPRequestBody(bytes: [1, 2, 3]).collect(upTo: 3) == [1, 2, 3])
    #expect(try await HTTPRequestBody(bytes: []).collect(upTo: 0) == [])
    await #expect(throws: HTTPBodyError.tooLarge(limit: 2)) {
      _ = try await HTTPRequestBody(bytes: [1, 2, 3]).collect(upTo: 2)
    }
  }

  private struct NoSource: HTTPBodySource {
    func bodyWasAskedFor() {}
    func bodyHasRoom() {}
  }

  @Test("many tiny chunks are joined, so that they cost little memory")
  func joining() async throws {
    let body = HTTPRequestBody(source: NoSource(), collectLimit: 1 << 20)
    for index in 0..<10_000 {
      _ = body.append(ByteBuffer(bytes: [UInt8(index % 251)]))
    }
    body.complete()
    var chunks = 0
    var bytes: [UInt8] = []
    for try await chunk in body {
      chunks += 1
      bytes.append(contentsOf: chunk.readableBytesView)
    }
    #expect(bytes == (0..<10_000).map { UInt8($0 % 251) })
    #expect(chunks <= 2)
  }

  @Test("a body asks its source to pause when its reader is behind")
  func pausing() {
    let body = HTTPRequestBody(source: NoSource(), collectLimit: .max)
    let chunk = ByteBuffer(repeating: 0, count: 128 << 10)
    #expect((0..<4).map { _ in body.append(chunk) } == [false, false, false, true])
  }

  @Test("a cancelled reader stops waiting, and what ended a body early is told")
  func endings() async {
    let body = HTTPRequestBody(source: NoSource(), collectLimit: .max)
    let reader = Task { try await body.collect(upTo: 10) }
    reader.cancel()
    await #expect(throws: HTTPBodyError.cancelled) { _ = try await reader.value }
    body.fail(.disconnected)
    body.complete()
    await #expect(throws: HTTPBodyError.disconnected) { _ = try await body.collect(upTo: 10) }
  }
}
