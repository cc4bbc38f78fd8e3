import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A request to somebody's HTTP endpoint.
struct WebRequest: Sendable {
  struct Answer: Sendable {
    var status: Int
    var body: [UInt8]
  }

  /// AWS: EventBridge user guide, "API destinations": an endpoint has five seconds.
  private static let patience = TimeAmount.seconds(5)

  var url: String
  var method: String
  var headers: [(name: String, value: String)]
  var body: String

  init(url: String, method: String, headers: [(String, String)], body: String) {
    self.url = url
    self.method = method
    self.headers = headers.map { (name: $0.0, value: $0.1) }
    self.body = body
  }

  /// - Throws: a failure that is tried again, if there is no answer.
  func send() async throws(DeliveryFailure) -> Answer {
    var request = HTTPClientRequest(url: url)
    request.method = HTTPMethod(rawValue: method)
    for header in headers { request.headers.add(name: header.name, value: header.value) }
    if !body.isEmpty, method != "GET", method != "HEAD" { request.body = .bytes(ByteBuffer(string: body)) }
    do {
      let response = try await HTTPClient.shared.execute(request, timeout: WebRequest.patience)
      let bytes = try? await response.body.collect(upTo: 1 << 20)
      return Answer(status: Int(response.status.code), body: bytes.map { Array($0.readableBytesView) } ?? [])
    } catch let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout {
      throw DeliveryFailure(code: "TIMEOUT", message: "The endpoint did not answer in time.", isRetried: true)
    } catch {
      throw DeliveryFailure(code: "CONNECTION_FAILURE", message: "\(error)", isRetried: true)
    }
  }

  /// An endpoint's URL: each `*` of its path replaced by a value, with more query parameters.
  static func url(_ endpoint: String, path: [String], query: [(String, String)]) -> String {
    var values = path[...]
    var result = ""
    for character in endpoint {
      if character == "*", let value = values.popFirst() {
        result += encoded(value)
      } else {
        result.append(character)
      }
    }
    if query.isEmpty { return result }
    return result + (result.contains("?") ? "&" : "?") + form(query)
  }

  static func form(_ fields: [(String, String)]) -> String {
    fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
  }

  private static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.append(Character(Unicode.Scalar(byte)))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
