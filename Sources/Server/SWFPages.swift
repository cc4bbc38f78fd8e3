import Cloud
import Foundation
import FrontDoor
import SWF
import Wire

/// SWF's own pages: faults, histories, replays and resets.
extension Housekeeping {
  /// A history has at most 25,000 events of at most 32 KiB and a bit; real ones are far smaller.
  private static let largestHistory = 256 << 20

  /// Answers `/_hakoniwa/swf/…`.
  /// - Parameter parts: the path behind `/_hakoniwa/`, decoded.
  func swfPage(_ request: HTTPRequest, _ parts: [String]) async throws -> HTTPResponse? {
    let body = try await request.body.collect(upTo: Housekeeping.largestHistory)
    let items = URLComponents(string: "/?" + request.query)?.queryItems ?? []
    let query = Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { _, last in last })
    let page = await swf.answer(request.method, Array(parts.dropFirst()), query: query, body: body)
    return page.map {
      HTTPResponse(
        status: $0.status, headers: [("content-type", "application/json")], body: .bytes(Array($0.text.utf8)))
    }
  }
}
