import Foundation
import NIOCore
import Testing

@testable import FrontDoor

@Suite("HTTP bodies", .serialized)
struct HTTPBodyTests {
  @Test("a request refused by its head is answered without asking for its body")
  func refusedBeforeBody() async throws {
    try await withServer(Answer { _ in .text("no", status: 403) }) { port in
      let client = try await RawClient.connect(port: port)
      try await client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
      let text = try await client.readToEnd()
      #expect(text.hasPrefix("HTTP/1.1 403 Forbidden\r\n"))
      #expect(text.hasSuffix("no"))
    }
  }

  @Test("a client that waits for 100-continue gets it when its body is asked for")
  func continued() async throws {
    let responder = Answer { request in
      let body = (try? await request.body.collect(upTo: 10)) ?? []
      return .text("got \(body.count)")
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      try await client.exchange(
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
        endingWith: "HTTP/1.1 100 Continue\r\n\r\n")
      try await client.exchange("12345", endingWith: "got 5")
      try await client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n", endingWith: "got 0")
    }
  }

  @Test("an empty body announced with Expect is answered with 100 before its answer, as botocore needs")
  func continuedWithoutBody() async throws {
    try await withServer(.echo) { port in
      let client = try await RawClient.connect(port: port)
      try await client.exchange(
        "PUT /e HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nExpect: 100-continue\r\n\r\n", endingWith: "PUT /e")
      #expect(client.text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
      try await client.exchange("GET /next HTTP/1.1\r\nHost: h\r\n\r\n", endingWith: "GET /next")
    }
  }

  @Test("a small body that nobody read is dropped and the connection kept")
  func drained() async throws {
    try await withServer(Answer { request in .text("\(request.path)", status: 403) }) { port in
      let client = try await RawClient.connect(port: port)
      try await client.exchange(
        "PUT /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n", endingWith: "/1")
      try await client.send(ByteBuffer(repeating: 0, count: 100_000))
      try await client.exchange("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n", endingWith: "/2")
    }
  }

  @Test("a large body that nobody read does not cost the client its answer, but the connection")
  func notDrained() async throws {
    try await withServer(Answer { _ in .text("denied", status: 403) }) { port in
      let client = try await RawClient.connect(port: port)
      try await client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n")
      for _ in 0..<16 {
        try? await client.send(ByteBuffer(repeating: 0, count: 1 << 20))
      }
      let text = try await client.readToEnd()
      #expect(text.contains("Connection: close\r\n"))
      #expect(text.hasSuffix("denied"))
    }
  }

  @Test("a body that grows over the limit in memory fails as too large")
  func tooLarge() async throws {
    var configuration = testConfiguration()
    configuration.limits.maximumCollectedBody = 10
    let responder = Answer { request in
      do { return .text("\(try await request.body.collect(upTo: .max).count)") } catch { return .text("\(error)") }
    }
    try await withServer(responder, configuration) { port in
      let client = try await RawClient.connect(port: port)
      try await client.exchange(
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n01234567890", endingWith: "tooLarge(limit: 10)")
    }
  }

  @Test(
    "a body that does not come to its end tells why",
    arguments: [("5\r\nabc", false, "timedOut"), ("zz\r\n", false, "malformed"), ("5\r\nabc", true, "disconnected")])
  func brokenBodies(body: String, halfClose: Bool, reason: String) async throws {
    var configuration = testConfiguration()
    configuration.limits.bodyIdleTimeout = reason == "timedOut" ? .milliseconds(150) : .seconds(60)
    let responder = Answer { request in
      do { return .text("\(try await request.body.collect(upTo: 99).count)") } catch { return .text("\(error)") }
    }
    try await withServer(responder, configuration) { port in
      let client = try await RawClient.connect(port: port)
      try await client.channel.setOption(.allowRemoteHalfClosure, value: true).get()
      try await client.send("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
      if halfClose { try await client.channel.close(mode: .output) }
      try await client.wait(reason) { $0.hasSuffix(reason) }
    }
  }

  /// Memory of this process in use now, in bytes.
  private func residentBytes() throws -> Int {
    let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
    return (Int(fields[1]) ?? 0) * 4096
  }

  @Test("256 MiB are uploaded in chunks without being held in memory")
  func chunkedUpload() async throws {
    let peak = Counter()
    let before = try residentBytes()
    let responder = Answer { request in
      var count = 0
      do {
        for try await chunk in request.body {
          count += chunk.readableBytes
          let now = (try? residentBytes()) ?? 0
          peak.raise(to: now)
        }
      } catch {
        return .text("\(error)", status: 400)
      }
      return .text("read \(count)")
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      try await client.send("PUT /big HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
      var chunk = ByteBuffer(string: "10000\r\n")
      chunk.writeRepeatingByte(7, count: 0x10000)
      chunk.writeString("\r\n")
      for _ in 0..<4096 {
        try await client.send(chunk)
      }
      try await client.exchange("0\r\n\r\n", endingWith: "read \(256 << 20)")
    }
    // Half of it: other tests of this process need some meanwhile.
    #expect(peak.value - before < 128 << 20)
  }

  @Test("a reader that is behind slows the client down")
  func backPressure() async throws {
    let go = Flag()
    let responder = Answer { request in
      _ = try? await go.comes(within: .seconds(10))
      var count = 0
      do { for try await chunk in request.body { count += chunk.readableBytes } } catch { return .text("\(error)") }
      return .text("read \(count)")
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      let sent = Counter()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: \(64 << 20)\r\n\r\n")
          for _ in 0..<64 {
            try await client.send(ByteBuffer(repeating: 1, count: 1 << 20))
            sent.add(1)
          }
        }
        try await Task.sleep(for: .milliseconds(400))
        // The kernel's own socket buffers take a few MiB.
        #expect(sent.value < 24)
        go.set()
        try await group.waitForAll()
      }
      try await client.wait { $0.hasSuffix("read \(64 << 20)") }
    }
  }

  @Test("a streamed answer is sent in HTTP chunks, as it is produced")
  func streamedAnswer() async throws {
    let next = Flag()
    let responder = Answer { _ in
      HTTPResponse(
        status: 200,
        body: .stream(
          HTTPBodyStream { writer in
            try await writer.write(ByteBuffer(string: "first"))
            _ = try await next.comes()
            try await writer.write(ByteBuffer(string: "the second"))
          }))
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      try await client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n", endingWith: "\r\n\r\n5\r\nfirst\r\n")
      next.set()
      try await client.wait { $0.hasSuffix("a\r\nthe second\r\n0\r\n\r\n") }
      let old = try await RawClient.connect(port: port)
      try await old.send("GET / HTTP/1.0\r\n\r\n")
      #expect(try await old.readToEnd().hasSuffix("\r\n\r\nfirstthe second"))
    }
  }

  @Test("a stream that fails or ends early is cut, not completed")
  func failedStream() async throws {
    let responder = Answer { request in
      HTTPResponse(
        status: 200,
        body: .stream(
          HTTPBodyStream(length: request.path == "/short" ? 100 : nil) { writer in
            try await writer.write(ByteBuffer(string: "part"))
            if request.path == "/fails" { throw HTTPBodyError.malformed }
          }))
    }
    try await withServer(responder) { port in
      for path in ["/fails", "/short"] {
        let client = try await RawClient.connect(port: port)
        try await client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
        let text = try await client.readToEnd()
        #expect(text.contains("part"))
        #expect(!text.hasSuffix("0\r\n\r\n"))
      }
    }
  }

  @Test("the producer of a stream is cancelled when the client goes away")
  func streamCancelled() async throws {
    let ended = Flag()
    let responder = Answer { _ in
      HTTPResponse(
        status: 200,
        body: .stream(
          HTTPBodyStream { writer in
            defer { ended.set() }
            try await writer.write(ByteBuffer(string: "event"))
            try await Task.sleep(for: .seconds(60))
          }))
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      try await client.wait { $0.contains("event") }
      try await client.close()
      #expect(try await ended.comes())
    }
  }

  @Test("a client that does not read slows the stream down")
  func slowReader() async throws {
    let written = Counter()
    let responder = Answer { _ in
      HTTPResponse(
        status: 200,
        body: .stream(
          HTTPBodyStream { writer in
            for _ in 0..<256 {
              try await writer.write(ByteBuffer(repeating: 1, count: 1 << 20))
              written.add(1)
            }
          }))
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      try await client.channel.setOption(.autoRead, value: false).get()
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      try await Task.sleep(for: .milliseconds(400))
      #expect(written.value < 32)
    }
  }

  @Test("part of a file is sent, and a part outside it is refused")
  func files() async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "http-file-\(UUID().uuidString)").path
    let content = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
    #expect(FileManager.default.createFile(atPath: path, contents: content))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: HTTPFileBody.Failure.outsideFile(size: 300_000)) {
      _ = try HTTPFileBody(path: path, offset: 299_999, length: 2)
    }
    let responder = Answer { _ in
      do {
        return HTTPResponse(status: 206, body: .file(try HTTPFileBody(path: path, offset: 1000, length: 280_000)))
      } catch {
        return .text("\(error)", status: 500)
      }
    }
    for tls in [false, true] {
      var configuration = testConfiguration()
      if tls { configuration.tls = try temporaryCertificate() }
      try await withServer(responder, configuration) { port in
        let client = try await RawClient.connect(port: port, tls: tls)
        for round in 1...2 {
          try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
          try await client.wait { _ in client.bytes.count >= round * 280_050 }
        }
        #expect(client.text.hasPrefix("HTTP/1.1 206 Partial Content\r\nContent-Length: 280000\r\n\r\n"))
        #expect(Data(client.bytes.suffix(280_000)) == content[1000..<281_000])
      }
    }
  }

  /// A certificate made for this test by openssl.
  private func temporaryCertificate() throws -> HTTPServerTLS {
    let folder = FileManager.default.temporaryDirectory.appending(path: "http-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (certificate, key) = (folder.appending(path: "c.pem").path, folder.appending(path: "k.pem").path)
    let openssl = Process()
    openssl.executableURL = URL(filePath: "/usr/bin/env")
    openssl.arguments = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
      "-subj", "/CN=localhost", "-keyout", key, "-out", certificate,
    ]
    openssl.standardError = FileHandle.nullDevice
    try openssl.run()
    openssl.waitUntilExit()
    #expect(openssl.terminationStatus == 0)
    return .files(certificateChain: certificate, privateKey: key)
  }
}
