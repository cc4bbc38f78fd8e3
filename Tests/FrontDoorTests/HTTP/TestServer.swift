import Logging
import NIOCore
import Synchronization

@testable import FrontDoor

/// A responder from a closure.
struct Answer: HTTPResponder {
  let answer: @Sendable (HTTPRequest) async -> HTTPResponse

  init(_ answer: @escaping @Sendable (HTTPRequest) async -> HTTPResponse) {
    self.answer = answer
  }

  func respond(to request: HTTPRequest) async -> HTTPResponse {
    await answer(request)
  }

  /// Answers with the method and path.
  static let echo = Answer { request in
    .text("\(request.method) \(request.path)")
  }
}

extension HTTPResponse {
  static func text(_ text: String, status: Int = 200) -> HTTPResponse {
    HTTPResponse(status: status, body: .bytes(Array(text.utf8)))
  }
}

/// Something that happens once, seen from elsewhere.
final class Flag: Sendable {
  private let value = Mutex(false)

  func set() {
    value.withLock { $0 = true }
  }

  var isSet: Bool { value.withLock { $0 } }

  /// Whether it is set within the time.
  func comes(within limit: Duration = .seconds(5)) async throws -> Bool {
    let end = ContinuousClock.now + limit
    while !isSet, ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(3))
    }
    return isSet
  }
}

/// A number that several tasks change.
final class Counter: Sendable {
  private let number = Mutex(0)

  var value: Int { number.withLock { $0 } }

  func add(_ amount: Int) {
    number.withLock { $0 += amount }
  }

  func raise(to least: Int) {
    number.withLock { $0 = max($0, least) }
  }
}

/// A configuration for tests: any port, quick to stop.
func testConfiguration() -> HTTPServerConfiguration {
  var configuration = HTTPServerConfiguration(port: 0)
  configuration.shutdownGrace = .milliseconds(200)
  return configuration
}

/// Runs a server around `body`, which is given its port.
func withServer(
  _ responder: Answer, _ configuration: HTTPServerConfiguration = testConfiguration(),
  _ body: @Sendable (Int) async throws -> Void
) async throws {
  var logger = Logger(label: "test")
  logger.logLevel = .error
  let server = HTTPServer(configuration: configuration, responder: responder, logger: logger)
  let port = try await server.bind()
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await server.run() }
    defer { group.cancelAll() }
    try await body(port)
  }
}
