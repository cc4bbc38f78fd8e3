import Cloud
import Foundation
import FrontDoor
import SNS
import Wire

/// SNS's own pages: the certificate that checks its messages, and the outbox.
extension Housekeeping {
  /// The certificate at a path that begins as those of SNS do.
  func certificate(_ request: HTTPRequest) -> HTTPResponse? {
    do throws(AWSError) {
      return try sns.certificate(at: request.path).map { Housekeeping.response($0) }
        ?? .json(404, ["message": "There is no such certificate."])
    } catch { return .json(error.status ?? 500, ["message": error.message]) }
  }

  /// Answers `/_hakoniwa/sns/…`.
  /// - Parameter parts: the path behind `/_hakoniwa/`, decoded.
  func snsPage(_ request: HTTPRequest, _ parts: [String]) async throws -> HTTPResponse? {
    let body = try await request.body.collect(upTo: 1 << 16)
    let page = try await sns.answer(
      request.method, Array(parts.dropFirst()), body: JSONValue(parsing: body),
      wantsHTML: request.first("accept")?.contains("text/html") ?? false, store: store)
    return page.map { Housekeeping.response($0) }
  }

  private static func response(_ page: SNSPages.Page) -> HTTPResponse {
    HTTPResponse(
      status: page.status, headers: [("content-type", page.contentType)], body: .bytes(Array(page.text.utf8)))
  }
}
