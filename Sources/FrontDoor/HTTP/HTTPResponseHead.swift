import NIOCore
import NIOHTTP1

/// How the client learns where a response's body ends.
enum HTTPBodyFraming: Equatable {
  /// There is no body and no length is named (204, 304 without a length).
  case none
  /// `Content-Length`, whether or not a body follows (HEAD).
  case length(Int)
  /// `Transfer-Encoding: chunked`.
  case chunked
  /// By closing the connection: all that HTTP/1.0 has for unknown lengths.
  case untilClose

  /// The framing of `response` to a request.
  init(_ response: HTTPResponse, toHead: Bool, httpVersion10: Bool) {
    if toHead || response.status == 304 {
      let named = response.headContentLength ?? response.first("content-length").flatMap { Int($0) }
      if let length = named ?? (response.status == 304 ? nil : response.body.length) {
        self = .length(length)
      } else {
        self = .none
      }
    } else if response.status == 204 || response.status < 200 {
      self = .none
    } else if let length = response.body.length {
      self = .length(length)
    } else {
      self = httpVersion10 ? .untilClose : .chunked
    }
  }
}

/// The bytes of a response's head.
struct HTTPResponseHead {
  var status: Int
  var headers: [(name: String, value: String)]
  var framing: HTTPBodyFraming
  var keepAlive: Bool
  var httpVersion10: Bool
  var date: String?
  var server: String?

  /// Writes status line, headers and the empty line.
  func write(into buffer: inout ByteBuffer) {
    buffer.writeStaticString("HTTP/1.1 ")
    if status == 200 {
      buffer.writeStaticString("200 OK\r\n")
    } else {
      buffer.writeString("\(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)\r\n")
    }
    var hasDate = false
    var hasServer = false
    for (name, value) in headers where Self.isToken(name) && !Self.isFraming(name) {
      hasDate = hasDate || name.equalsIgnoringASCIICase("date")
      hasServer = hasServer || name.equalsIgnoringASCIICase("server")
      Self.writeField(name, value, into: &buffer)
    }
    if let date, !hasDate { Self.writeField("Date", date, into: &buffer) }
    if let server, !hasServer { Self.writeField("Server", server, into: &buffer) }
    switch framing {
    case .none, .untilClose: break
    case .length(let length): Self.writeField("Content-Length", String(length), into: &buffer)
    case .chunked: buffer.writeStaticString("Transfer-Encoding: chunked\r\n")
    }
    if !keepAlive {
      buffer.writeStaticString("Connection: close\r\n")
    } else if httpVersion10 {
      buffer.writeStaticString("Connection: keep-alive\r\n")
    }
    buffer.writeStaticString("\r\n")
  }

  private static func writeField(_ name: String, _ value: String, into buffer: inout ByteBuffer) {
    buffer.writeString(name)
    buffer.writeStaticString(": ")
    if value.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) {
      buffer.writeBytes(value.utf8.map { $0 == 0x0D || $0 == 0x0A || $0 == 0 ? 0x20 : $0 })
    } else {
      buffer.writeString(value)
    }
    buffer.writeStaticString("\r\n")
  }

  /// Fields that only the server writes.
  private static func isFraming(_ name: String) -> Bool {
    switch name.utf8.count {
    case 10: name.equalsIgnoringASCIICase("connection") || name.equalsIgnoringASCIICase("keep-alive")
    case 14: name.equalsIgnoringASCIICase("content-length")
    case 17: name.equalsIgnoringASCIICase("transfer-encoding")
    default: false
    }
  }

  /// Whether this is a token, as field names must be (RFC 9110, section 5.6.2).
  private static func isToken(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
          UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "^"),
          UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
          true
        default:
          false
        }
      }
  }
}
