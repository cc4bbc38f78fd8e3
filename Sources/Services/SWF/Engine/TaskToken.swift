import Cloud
import Foundation
import Wire

/// Names a started task; what AWS calls a task token.
///
/// It says all that finding the task needs and nothing of the process that made it, so it outlives restarts.
struct TaskToken: Equatable {
  enum Kind: UInt8 {
    case decision = 1
    case activity = 2
  }

  let kind: Kind
  /// The run's ``ExecutionRecord/number``.
  let number: Int64
  let scheduledEventID: Int64
  let startedEventID: Int64
  /// The domain, by which the caller's permission is judged before anything is read.
  let domain: String

  private static let version: UInt8 = 1

  init(_ kind: Kind, number: Int64, scheduledEventID: Int64, startedEventID: Int64, domain: String) {
    self.kind = kind
    self.number = number
    self.scheduledEventID = scheduledEventID
    self.startedEventID = startedEventID
    self.domain = domain
  }

  /// As clients carry it: base64. With a domain of 256 four-byte characters it is longer than AWS's 1,024 characters, which
  /// no client checks.
  var text: String {
    var writer = RecordWriter(capacity: 48 + domain.utf8.count)
    writer.byte(TaskToken.version)
    writer.byte(kind.rawValue)
    writer.integer(number)
    writer.integer(scheduledEventID)
    writer.integer(startedEventID)
    writer.string(domain)
    writer.short(Int32(bitPattern: TokenText.checksum(writer.bytes)))
    return TokenText.encode(writer.bytes)
  }

  /// Reads a token.
  /// - Parameter wanted: the kind that it must be of; nothing for any.
  /// - Throws: `Invalid token` for what was never given.
  init(_ text: String, _ wanted: Kind? = nil) throws(AWSError) {
    guard let bytes = TokenText.decode(text) else { throw .invalidToken() }
    do {
      var reader = RecordReader(bytes)
      guard try reader.byte() == TaskToken.version, let kind = Kind(rawValue: try reader.byte()),
        kind == wanted ?? kind
      else { throw RecordReader.Damaged() }
      self.kind = kind
      number = try reader.integer()
      scheduledEventID = try reader.integer()
      startedEventID = try reader.integer()
      domain = try reader.string()
      guard UInt32(bitPattern: try reader.short()) == TokenText.checksum(bytes.dropLast(4)) else {
        throw RecordReader.Damaged()
      }
    } catch { throw .invalidToken() }
  }
}

/// The text of tokens.
enum TokenText {
  static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  static func decode(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map { [UInt8]($0) } }

  /// Tells a garbled token from a given one (FNV-1a); it is no secret.
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return hash
  }
}
