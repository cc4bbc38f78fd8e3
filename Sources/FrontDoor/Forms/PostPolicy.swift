import Checksums
import Cloud
import Wire

/// The policy of an HTML form posted to S3: until when, and what the form may contain.
/// AWS: S3 API reference, "POST policy".
struct PostPolicy: Sendable, Equatable {
  enum Condition: Sendable, Equatable {
    case equals(field: String, value: String)
    case startsWith(field: String, value: String)
    /// The file's size in bytes, both ends included.
    case size(ClosedRange<Int64>)
  }

  var expiration: Timestamp
  var conditions: [Condition]

  // MARK: Reading

  /// Reads the form's field: JSON in base64.
  /// - Throws: InvalidPolicyDocument.
  init(_ field: String) throws(AWSError) {
    guard let bytes = Base64.decode(field.filter { !$0.isWhitespace }) else {
      throw PostPolicy.invalid("Invalid Base64 encoding.")
    }
    guard let document = JSONValue(parsing: bytes), document.object != nil else {
      throw PostPolicy.invalid("Invalid JSON.")
    }
    guard let date = document["expiration"]?.string else { throw PostPolicy.invalid("Policy missing expiration.") }
    guard let expiration = Timestamp(iso8601: date) else {
      throw PostPolicy.invalid("Invalid 'expiration' value: '\(date)'")
    }
    guard let conditions = document["conditions"]?.array else {
      throw PostPolicy.invalid("Policy missing conditions.")
    }
    self.expiration = expiration
    self.conditions = []
    for condition in conditions { self.conditions += try PostPolicy.read(condition) }
  }

  private static func read(_ json: JSONValue) throws(AWSError) -> [Condition] {
    if let members = json.object {
      guard members.count == 1 else {
        throw invalid("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.")
      }
      guard let value = members[0].value.string else {
        throw invalid("Invalid Simple-Condition: value must be a string.")
      }
      return [.equals(field: members[0].name.lowercased(), value: value)]
    }
    guard let parts = json.array, parts.count == 3, let name = parts[0].string?.lowercased() else {
      throw invalid("Invalid Condition: wrong number of arguments.")
    }
    if name == "content-length-range" {
      guard let low = number(parts[1]), let high = number(parts[2]), low >= 0, low <= high else {
        throw invalid("Invalid content-length-range: non-integer or misordered values.")
      }
      return [.size(low...high)]
    }
    guard let field = parts[1].string, field.hasPrefix("$"), let value = parts[2].string else {
      throw invalid("Invalid Condition: field must begin with '$' and value must be a string.")
    }
    switch name {
    case "eq": return [.equals(field: field.dropFirst().lowercased(), value: value)]
    case "starts-with": return [.startsWith(field: field.dropFirst().lowercased(), value: value)]
    default: throw invalid("Invalid Condition: unknown operation '\(name)'.")
    }
  }

  private static func number(_ value: JSONValue) -> Int64? {
    value.integer.map { Int64($0) } ?? value.string.flatMap { Int64($0) }
  }

  private static func invalid(_ reason: String) -> AWSError {
    AWSError("InvalidPolicyDocument", "Invalid Policy: \(reason)", status: 400)
  }

  // MARK: Judging

  /// Fields that need no condition.
  private static let free: Set<String> = ["x-amz-signature", "file", "policy", "awsaccesskeyid", "signature"]

  /// Holds a form against the policy.
  /// - Parameter fields: by name in lower case, `bucket` among them.
  /// - Throws: AccessDenied.
  func check(_ fields: [String: String], at now: Timestamp) throws(AWSError) {
    if expiration <= now { throw PostPolicy.denied("Policy expired.") }
    var named: Set<String> = []
    for condition in conditions {
      switch condition {
      case .equals(let field, let value):
        named.insert(field)
        guard fields[field] ?? "" == value else { throw PostPolicy.failed("eq", field, value) }
      case .startsWith(let field, let value):
        named.insert(field)
        let given = fields[field] ?? ""
        // AWS: of a list of content types every one must begin so.
        let all = field == "content-type" ? given.split(separator: ",").map(\.trimmingSpaces) : [given]
        guard value.isEmpty || !all.isEmpty && all.allSatisfy({ $0.hasPrefix(value) }) else {
          throw PostPolicy.failed("starts-with", field, value)
        }
      case .size: continue
      }
    }
    let extra = fields.keys.filter { name in
      !named.contains(name) && !PostPolicy.free.contains(name) && !name.hasPrefix("x-ignore-")
    }
    if !extra.isEmpty {
      throw PostPolicy.denied("Extra input fields: \(extra.sorted().joined(separator: ", "))")
    }
  }

  /// The sizes that the file may have.
  var sizes: ClosedRange<Int64>? {
    for case .size(let range) in conditions { return range }
    return nil
  }

  /// - Throws: EntityTooLarge or EntityTooSmall.
  func check(size: Int64) throws(AWSError) {
    guard let sizes else { return }
    if size > sizes.upperBound {
      throw AWSError(
        "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", status: 400,
        fields: [("ProposedSize", .string("\(size)")), ("MaxSizeAllowed", .string("\(sizes.upperBound)"))])
    }
    if size < sizes.lowerBound {
      throw AWSError(
        "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", status: 400,
        fields: [("ProposedSize", .string("\(size)")), ("MinSizeAllowed", .string("\(sizes.lowerBound)"))])
    }
  }

  private static func failed(_ operation: String, _ field: String, _ value: String) -> AWSError {
    denied("Policy Condition failed: [\"\(operation)\", \"$\(field)\", \"\(value)\"]")
  }

  private static func denied(_ reason: String) -> AWSError {
    AWSError("AccessDenied", "Invalid according to Policy: \(reason)", status: 403)
  }
}
