import ArgumentParser
import Foundation
import NIOHTTP1
import Server

/// Asks a running server's own pages, for the commands that are about one.
struct HelperClient {
  /// An answer: its text, and the JSON object in it.
  struct Page {
    let text: String
    let object: [String: Any]
  }

  let http: LocalHTTP

  init(_ address: ServerAddress) throws {
    var configuration = ServerConfiguration()
    try address.fill(&configuration)
    http = LocalHTTP(configuration: configuration)
  }

  func get(_ path: String) async throws -> Page { try await send(.GET, path, nil) }

  func post(_ path: String, _ body: [String: Any]) async throws -> Page {
    try await send(.POST, path, JSONSerialization.data(withJSONObject: body))
  }

  /// - Throws: ``Failure`` in the server's words, or saying that no server answers.
  private func send(_ method: HTTPMethod, _ path: String, _ body: Data?) async throws -> Page {
    let answer = try await http.send(method, "/_hakoniwa/" + path, body: body)
    let object = try? JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
    guard answer.status == 200 else {
      throw Failure(object?["message"] as? String ?? "The server answered with status \(answer.status).")
    }
    return Page(text: String(decoding: answer.body, as: UTF8.self), object: object ?? [:])
  }

  /// Posts, and hands over each line of the answer as it comes.
  /// - Throws: ``Failure`` in the server's words, or saying that no server answers.
  func lines(_ path: String, posting body: Data, _ line: (Data) throws -> Void) async throws {
    var rest: [UInt8] = []
    // An error's page is no line, and short.
    var start: [UInt8] = []
    let head = try await http.send(.POST, "/_hakoniwa/" + path, headers: [], body: body) { buffer in
      rest.append(contentsOf: buffer.readableBytesView)
      if start.count < 1 << 14 { start.append(contentsOf: buffer.readableBytesView) }
      var next = 0
      while let end = rest[next...].firstIndex(of: 10) {
        try line(Data(rest[next..<end]))
        next = end + 1
      }
      rest.removeFirst(next)
    }
    guard head.status == .ok else {
      let object = try? JSONSerialization.jsonObject(with: Data(start)) as? [String: Any]
      throw Failure(object?["message"] as? String ?? "The server answered with status \(head.status.code).")
    }
    if !rest.isEmpty { try line(Data(rest)) }
  }
}

/// Why a command failed, in words for the person who typed it.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
