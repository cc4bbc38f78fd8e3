import Logging
import NIOCore
import ServiceLifecycle
import Testing

@testable import FrontDoor

@Suite("HTTP server")
struct HTTPServerTests {
  @Test("pipelined requests are answered in order")
  func pipelining() async throws {
    let responder = Answer { request in
      // The first is the slowest.
      if request.path == "/1" { try? await Task.sleep(for: .milliseconds(50)) }
      return .text(request.path)
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      try await client.send((1...5).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
      let text = try await client.wait { $0.hasSuffix("/5") }
      let bodies = text.components("\r\n\r\n").dropFirst().map { $0.prefix(2) }
      #expect(bodies == ["/1", "/2", "/3", "/4", "/5"])
      #expect(!client.isClosed)
    }
  }

  @Test("a request may arrive byte by byte")
  func splitPackets() async throws {
    let responder = Answer { request in
      let body = (try? await request.body.collect(upTo: 100)) ?? []
      return .text("\(request.method) \(request.path)?\(request.query) \(String(decoding: body, as: UTF8.self))")
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      for byte
        in "POST /p?q=1 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".utf8
      {
        try await client.send(ByteBuffer(bytes: [byte]))
        try await Task.sleep(for: .microseconds(200))
      }
      try await client.wait { $0.hasSuffix("POST /p?q=1 abcde") }
    }
  }

  @Test(
    "malformed requests are answered 400 and the connection is closed",
    arguments: [
      "GARBAGE\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nbad header: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/9.9\r\nHost: h\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: h\r\nX: a\u{01}b\r\n\r\n", "get / HTTP/1.1\r\nHost: h\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999\r\n\r\n",
      "\u{16}\u{03}\u{01}\u{02}\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
    ])
  func malformed(request: String) async throws {
    try await withServer(.echo) { port in
      let client = try await RawClient.connect(port: port)
      try await client.send(request)
      let text = try await client.readToEnd()
      #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
      #expect(text.contains("Connection: close\r\n"))
      let next = try await RawClient.connect(port: port)
      try await next.exchange("GET /alive HTTP/1.1\r\nHost: h\r\n\r\n", endingWith: "GET /alive")
    }
  }

  @Test("garbage behind a good request does not harm that request's answer")
  func goodThenBad() async throws {
    try await withServer(.echo) { port in
      let client = try await RawClient.connect(port: port)
      try await client.send("GET /good HTTP/1.1\r\nHost: h\r\n\r\n\0\0\0\r\n\r\n")
      let text = try await client.readToEnd()
      #expect(text.contains("GET /goodHTTP/1.1 400 Bad Request"))
    }
  }

  @Test(
    "heads that are too large are answered 431",
    arguments: [(count: 1, size: 200_000), (count: 40, size: 4000), (count: 300, size: 1)])
  func hugeHeads(count: Int, size: Int) async throws {
    let fields = (0..<count).map { "X-\($0): " + String(repeating: "x", count: size) + "\r\n" }.joined()
    try await withServer(.echo) { port in
      let client = try await RawClient.connect(port: port)
      try? await client.send("GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n")
      #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 431 "))
    }
  }

  @Test("the answer to HEAD names the length and has no body; the connection stays usable")
  func head() async throws {
    let responder = Answer { request in
      request.path == "/known" ? HTTPResponse(status: 200, headContentLength: 1 << 40) : .text("hello")
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      try await client.exchange("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", endingWith: "Content-Length: 5\r\n\r\n")
      try await client.exchange(
        "HEAD /known HTTP/1.1\r\nHost: h\r\n\r\n", endingWith: "Content-Length: 1099511627776\r\n\r\n")
      try await client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n", endingWith: "hello")
    }
  }

  @Test("an absolute-form target names the host, the Host header stays as sent")
  func absoluteForm() async throws {
    let responder = Answer { request in
      .text("\(request.authority) \(request.path) \(request.first("host") ?? "-") \(request.remoteAddress)")
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      try await client.exchange(
        "GET http://b.localhost:4566/k%20y HTTP/1.1\r\nHost: other\r\n\r\n",
        endingWith: "b.localhost:4566 /k%20y other 127.0.0.1")
    }
  }

  @Test(
    "the connection is closed when the client wants that, and only then",
    arguments: [
      ("GET / HTTP/1.0\r\n\r\n", true), ("GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n", true),
      ("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", true),
      ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", false), ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", false),
    ])
  func closing(request: String, closes: Bool) async throws {
    try await withServer(.echo) { port in
      let client = try await RawClient.connect(port: port)
      try await client.exchange(request, endingWith: "GET /")
      if closes {
        #expect(try await client.readToEnd().contains("Connection: close\r\n"))
      } else {
        try await Task.sleep(for: .milliseconds(50))
        #expect(!client.isClosed)
      }
    }
  }

  @Test("a port in use is named, with what to do")
  func portInUse() async throws {
    try await withServer(.echo) { port in
      let second = HTTPServer(
        configuration: HTTPServerConfiguration(port: port), responder: Answer.echo, logger: Logger(label: "test"))
      await #expect(throws: HTTPServerError.addressInUse(host: "127.0.0.1", port: port)) { try await second.bind() }
      #expect("\(HTTPServerError.addressInUse(host: "h", port: 1))".contains("Address already in use"))
    }
  }

  @Test("a missing certificate is named")
  func missingCertificate() async throws {
    var configuration = testConfiguration()
    configuration.tls = .files(certificateChain: "/nowhere/c.pem", privateKey: "/nowhere/k.pem")
    let server = HTTPServer(configuration: configuration, responder: Answer.echo, logger: Logger(label: "test"))
    let error = await #expect(throws: HTTPServerError.self) { try await server.bind() }
    #expect(error?.description.contains("/nowhere/c.pem") ?? false)
  }

  @Test("a client that goes away cancels its request")
  func disconnect() async throws {
    let started = Flag()
    let cancelled = Flag()
    let responder = Answer { _ in
      started.set()
      do { try await Task.sleep(for: .seconds(60)) } catch { cancelled.set() }
      return .text("late")
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try await started.comes())
      #expect(!cancelled.isSet)
      try await client.close()
      #expect(try await cancelled.comes())
    }
  }

  @Test("an answer that must not get lost is taken back when its client has gone", arguments: [false, true])
  func undelivered(halfClose: Bool) async throws {
    let started = Flag()
    let undelivered = Flag()
    let responder = Answer { _ in
      started.set()
      try? await Task.sleep(for: .seconds(60))
      var answer = HTTPResponse.text("a task")
      answer.undelivered = { undelivered.set() }
      return answer
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      try await client.channel.setOption(.allowRemoteHalfClosure, value: true).get()
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try await started.comes())
      if halfClose { try await client.channel.close(mode: .output) } else { try await client.close() }
      #expect(try await undelivered.comes())
      #expect(!client.text.contains("a task"), "it would be delivered twice")
    }
  }

  @Test("an answer that must not get lost is not taken back when it was sent")
  func delivered() async throws {
    let undelivered = Flag()
    let responder = Answer { _ in
      var answer = HTTPResponse.text("a task")
      answer.undelivered = { undelivered.set() }
      return answer
    }
    try await withServer(responder) { port in
      let client = try await RawClient.connect(port: port)
      for number in 1...3 {
        try await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        try await client.wait { $0.components(separatedBy: "a task").count == number + 1 }
      }
      try await client.close()
      #expect(!undelivered.isSet)
    }
  }

  @Test("a client that closes its sending half still gets its answers")
  func halfClose() async throws {
    try await withServer(.echo) { port in
      let client = try await RawClient.connect(port: port)
      try await client.channel.setOption(.allowRemoteHalfClosure, value: true).get()
      try await client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n")
      try await client.channel.close(mode: .output)
      try await client.wait { $0.contains("GET /1") && $0.hasSuffix("GET /2") }
    }
  }

  @Test("a graceful stop ends parked long polls with their answer, in bounded time")
  func gracefulStop() async throws {
    let started = Flag()
    let responder = Answer { request in
      started.set()
      // A stubborn one that does not notice cancellation, and a long poll that does.
      if request.path == "/stubborn" {
        let end = ContinuousClock.now + .seconds(1)
        while ContinuousClock.now < end { await Task.yield() }
      } else {
        try? await Task.sleep(for: .seconds(60))
      }
      return .text("nothing came")
    }
    var configuration = testConfiguration()
    configuration.shutdownGrace = .seconds(8)
    let server = HTTPServer(configuration: configuration, responder: responder, logger: Logger(label: "test"))
    let port = try await server.bind()
    let group = ServiceGroup(services: [server], logger: Logger(label: "test"))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      let idle = try await RawClient.connect(port: port)
      let parked = try await RawClient.connect(port: port)
      let stubborn = try await RawClient.connect(port: port)
      try await parked.send("GET /poll HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try await started.comes())
      try await stubborn.send("GET /stubborn HTTP/1.1\r\nHost: h\r\n\r\n")
      try await Task.sleep(for: .milliseconds(50))
      let begin = ContinuousClock.now
      await group.triggerGracefulShutdown()
      let text = try await parked.readToEnd()
      #expect(text.contains("Connection: close\r\n"))
      #expect(text.hasSuffix("nothing came"))
      _ = try await idle.readToEnd()
      try await tasks.waitForAll()
      #expect(ContinuousClock.now - begin < .seconds(8))
      #expect(try await stubborn.readToEnd().hasSuffix("nothing came"))
      await #expect(throws: (any Error).self) { try await RawClient.connect(port: port) }
    }
  }

  @Test("a head that does not come to its end is answered 408")
  func slowHead() async throws {
    var configuration = testConfiguration()
    configuration.limits.headerReadTimeout = .milliseconds(100)
    try await withServer(.echo, configuration) { port in
      let client = try await RawClient.connect(port: port)
      try await client.send("GET / HTTP/1.1\r\nHos")
      #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 408 "))
    }
  }

  @Test("an idle connection is closed without a word")
  func idle() async throws {
    var configuration = testConfiguration()
    configuration.limits.keepAliveTimeout = .seconds(3)
    try await withServer(.echo, configuration) { port in
      let client = try await RawClient.connect(port: port)
      try await client.exchange("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", endingWith: "GET /a")
      #expect(try await client.readToEnd().hasSuffix("GET /a"))
    }
  }
}

extension String {
  /// The pieces between the occurrences of a separator.
  func components(_ separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
