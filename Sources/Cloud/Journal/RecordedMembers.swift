import Wire

/// An operation's input or output as CloudTrail shows it: members under names that begin in lower case, without what is secret,
/// without bytes, and without what data planes carry.
///
/// It is made while the call is answered, so that no secret gets into the journal.
public struct RecordedMembers: Sendable {
  /// AWS: CloudTrail user guide, examples of data events.
  public static let hidden = "HIDDEN_DUE_TO_SECURITY_REASONS"

  let model: ServiceModel
  private let shapes: [Shape]
  private let rules: Rules

  public init(_ model: ServiceModel) {
    self.model = model
    shapes = model.shapes
    rules = Rules.of(model.signingName)
  }

  /// What of a service is hidden or left out beyond what its model marks as sensitive.
  private struct Rules {
    /// Members whose values are hidden.
    var hides: Set<String> = []
    /// Members that are not there.
    var omits: Set<String> = []
    /// What stands for values that the model marks as sensitive; nothing leaves them out.
    var sensitive: String? = RecordedMembers.hidden
    /// Members have the names of their HTTP headers and query parameters (S3).
    var isNamedByHTTP = false

    static func of(_ service: String) -> Rules { known[service] ?? plain }

    private static let plain = Rules()
    /// AWS: each service's page on its CloudTrail events.
    // unverified: SWF's and EventBridge's.
    private static let known: [String: Rules] = [
      "iam": Rules(sensitive: nil),
      "sts": Rules(hides: ["SessionToken"], omits: ["SecretAccessKey", "WebIdentityToken", "SAMLAssertion"]),
      // AWS: Organizations user guide, "Logging and monitoring": `"email": "****"`.
      "organizations": Rules(sensitive: "****"),
      "kms": Rules(omits: ["Plaintext", "PrivateKeyPlaintext"]),
      "sqs": Rules(hides: ["MessageBody", "MessageAttributes", "MessageSystemAttributes"], omits: ["Body"]),
      "sns": Rules(hides: ["Message", "Subject", "MessageAttributes"]),
      "swf": Rules(hides: ["input", "result", "details", "control", "executionContext", "reason"]),
      "logs": Rules(omits: ["logEvents"]),
      "events": Rules(hides: ["Detail"]),
      "s3": Rules(omits: ["SSECustomerKey", "CopySourceSSECustomerKey"], sensitive: nil, isNamedByHTTP: true),
    ]
  }

  /// AWS: CloudTrail user guide, "CloudTrail record contents": what is larger than 100 KB is left out.
  private static let largest = 100 << 10

  /// The input; nothing for operations without one and for what is too large.
  public func parameters(_ value: StructureValue, of operation: OperationModel) -> JSONValue? {
    guard let shape = operation.input, !shape.members.isEmpty else { return nil }
    return recorded(value, shape)
  }

  /// The output, likewise.
  public func response(_ value: StructureValue, of operation: OperationModel) -> JSONValue? {
    guard let shape = operation.output, !shape.members.isEmpty else { return nil }
    return recorded(value, shape)
  }

  private func recorded(_ value: StructureValue, _ shape: Shape) -> JSONValue? {
    var budget = RecordedMembers.largest
    let members = structure(value, shape, &budget)
    return members.isEmpty || budget < 0 ? nil : .object(members)
  }

  private func structure(_ value: StructureValue, _ shape: Shape, _ budget: inout Int) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    for member in shape.members where !value[member.position].isNull && !member.isStreaming {
      if !rules.omits.isEmpty, rules.omits.contains(member.name) { continue }
      let inner = value[member.position]
      if !rules.hides.isEmpty, rules.hides.contains(member.name) {
        members.append(JSONValue.Member(name(member), .string(RecordedMembers.hidden)))
      } else if let shown = json(inner, shapes[member.shape], &budget) {
        members.append(JSONValue.Member(name(member), shown))
      }
      if budget < 0 { return members }
    }
    return members
  }

  private func name(_ member: Member) -> String {
    guard rules.isNamedByHTTP else { return RecordedMembers.lowered(member.name) }
    if member.name == "Bucket" { return "bucketName" }
    if member.name == "Key" { return "key" }
    return member.wireName
  }

  /// `QueueUrl` as `queueUrl`, `SAMLMetadataDocument` as `sAMLMetadataDocument`: AWS lowers the first letter only.
  static func lowered(_ name: String) -> String {
    guard let first = name.utf8.first, (65...90).contains(first) else { return name }
    var name = name
    return name.withUTF8 { bytes in
      String(unsafeUninitializedCapacity: bytes.count) { lowered in
        _ = lowered.initialize(from: bytes)
        lowered[0] = first + 32
        return bytes.count
      }
    }
  }

  private func json(_ value: Value, _ shape: Shape, _ budget: inout Int) -> JSONValue? {
    if shape.isSensitive, !(rules.isNamedByHTTP && shape.kind == .string) {
      return rules.sensitive.map { .string($0) }
    }
    budget -= 8
    if budget < 0 { return nil }
    switch value {
    case .null, .blob: return nil
    case .bool(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .double(let value): return value.isFinite ? .double(value) : .string(value.description)
    case .string(let text):
      budget -= text.utf8.count
      return .string(text)
    case .timestamp(let time): return .string(RecordedMembers.date(time))
    case .document(let value): return value
    case .encodedJSON(let bytes):
      budget -= bytes.count
      guard budget >= 0, let inner = model.structure(json: bytes, as: shape) else { return nil }
      return .object(structure(inner, shape, &budget))
    case .structure(let value): return .object(structure(value, shape, &budget))
    case .list(let values):
      guard let element = shape.element else { return .array([]) }
      let inner = shapes[element.shape]
      var shown: [JSONValue] = []
      shown.reserveCapacity(values.count)
      for value in values {
        guard budget >= 0 else { break }
        if let value = json(value, inner, &budget) { shown.append(value) }
      }
      return .array(shown)
    case .map(let entries):
      guard let element = shape.element else { return .object([]) }
      let inner = shapes[element.shape]
      var shown: [JSONValue.Member] = []
      for (key, value) in entries {
        guard budget >= 0 else { break }
        budget -= key.utf8.count
        if let value = json(value, inner, &budget) { shown.append(JSONValue.Member(key, value)) }
      }
      return .object(shown)
    }
  }

  /// `Jul 19, 2023, 9:32:54 PM`: as the records of IAM, STS, KMS and CloudTrail itself show dates.
  // unverified: whether every service's do.
  static func date(_ time: Timestamp) -> String {
    let text = Array(time.iso8601.utf8)
    func number(_ range: Range<Int>) -> Int {
      range.reduce(0) { $0 * 10 + Int(text[$1]) - 48 }
    }
    guard text.count >= 19 else { return time.iso8601 }
    let hour = number(11..<13)
    let clock = hour % 12 == 0 ? 12 : hour % 12
    let month = RecordedMembers.months[min(max(number(5..<7), 1), 12) - 1]
    let minutes = String(decoding: text[14..<19], as: UTF8.self)
    return "\(month) \(number(8..<10)), \(number(0..<4)), \(clock):\(minutes) \(hour < 12 ? "AM" : "PM")"
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
