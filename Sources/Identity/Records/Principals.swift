import Cloud
import Foundation
import Wire

/// Pins the principals of policies to what they named when the policy was saved.
///
/// AWS: IAM user guide, "AWS JSON policy elements: Principal": on saving, the ARN of a user or role becomes the unique id,
/// so that a namesake made later inherits nothing; on reading, the id becomes the ARN again, or is shown as it is when its
/// user or role is gone. Policies are stored and judged with the ids.
public enum Principals {
  /// The text of a trust or resource policy with the ARNs of users and roles replaced by their unique ids, and account
  /// numbers by the ARN of the account's root user.
  /// - Throws: MalformedPolicyDocument `Invalid principal in policy: "AWS":"arn:…"` if there is no such user or role; a service
  ///   with words of its own replaces that.
  public static func pin(_ policyText: String, in transaction: Transaction) throws(AWSError) -> String {
    try PrincipalEditor.edit(policyText) { type, value throws(AWSError) in
      switch type {
      case "AWS": return try pinned(value, transaction)
      case "Service":
        let isKnown =
          value.hasSuffix(".amazonaws.com") || value.hasSuffix(".amazon.com") || value.hasSuffix(".aws.internal")
        guard isKnown || value.hasSuffix(".amazonaws.com.cn") else { throw invalid("SERVICE", value) }
        return value
      default: return value
      }
    }
  }

  /// The text with unique ids replaced by the ARNs of the users and roles that have them now.
  public static func render(_ policyText: String, in transaction: Transaction) throws(AWSError) -> String {
    guard policyText.contains("\"AIDA") || policyText.contains("\"AROA") else { return policyText }
    return try PrincipalEditor.edit(policyText) { type, value throws(AWSError) in
      type == "AWS" ? try arn(ofID: value, transaction) ?? value : value
    }
  }

  /// The ARN of the user or role that has this unique id; nothing if there is none.
  public static func arn(ofID id: String, _ transaction: Transaction) throws(AWSError) -> String? {
    guard let (kind, account) = UniqueID.read(id) else { return nil }
    let range = KeyRange.prefix(.string(id))
    switch kind {
    case .user:
      return try transaction.scan(UserRecord.self, by: UserRecord.byID, in: Scope(account), range, limit: 1).first?.arn
    case .role:
      return try transaction.scan(RoleRecord.self, by: RoleRecord.byID, in: Scope(account), range, limit: 1).first?.arn
    default:
      return nil
    }
  }

  /// One principal as policies are stored: the unique id of a user or role, everything else as it is.
  /// - Throws: MalformedPolicyDocument if there is no such user or role.
  public static func pinned(_ value: String, _ transaction: Transaction) throws(AWSError) -> String {
    if value == "*" { return value }
    if let account = AccountID(value) { return "arn:aws:iam::\(account):root" }
    // A policy may be saved again with ids in it, as long as they live.
    if UniqueID.read(value) != nil {
      guard try arn(ofID: value, transaction) != nil else { throw invalid("AWS", value) }
      return value
    }
    guard let arn = ARN(value), let account = arn.accountID, arn.region.isEmpty else { throw invalid("AWS", value) }
    let name = arn.resource.split(separator: "/").last.map(String.init) ?? ""
    if arn.service == "iam" {
      if arn.resource == "root" { return value }
      if arn.resource.hasPrefix("user/"), let user = try UserRecord.find(name, in: account, transaction),
        user.arn == value
      {
        return user.id
      }
      if arn.resource.hasPrefix("role/"), let role = try RoleRecord.find(arn: value, transaction) { return role.id }
    }
    if arn.service == "sts" {
      let parts = arn.resource.split(separator: "/")
      if parts.count == 3, parts[0] == "assumed-role",
        try RoleRecord.find(String(parts[1]), in: account, transaction) != nil
      {
        return value
      }
      if parts.count == 2, parts[0] == "federated-user" { return value }
    }
    throw invalid("AWS", value)
  }

  private static func invalid(_ type: String, _ value: String) -> AWSError {
    AWSError("MalformedPolicyDocument", "Invalid principal in policy: \"\(type)\":\"\(value)\"", status: 400)
  }
}

/// Rewrites the principals in a policy's text, and writes the text compactly, in the order it has: what AWS answers for
/// policies that have principals.
struct PrincipalEditor {
  typealias Rewrite = (_ type: String, _ value: String) throws(AWSError) -> String

  private let bytes: [UInt8]
  private var at = 0
  private var output: [UInt8] = []

  /// The text with every principal rewritten.
  /// - Throws: what `rewrite` throws; MalformedPolicyDocument if the text is not JSON.
  static func edit(_ text: String, _ rewrite: Rewrite) throws(AWSError) -> String {
    var editor = PrincipalEditor(bytes: Array(text.utf8))
    editor.output.reserveCapacity(editor.bytes.count)
    try editor.value(path: [], rewrite)
    return String(decoding: editor.output, as: UTF8.self)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var failure: AWSError { AWSError("MalformedPolicyDocument", "Syntax errors in policy.", status: 400) }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private mutating func next() throws(AWSError) -> UInt8 {
    skipSpace()
    guard at < bytes.count else { throw failure }
    return bytes[at]
  }

  /// Copies a value; `path` holds the names of the objects' members around it.
  private mutating func value(path: [String], _ rewrite: Rewrite) throws(AWSError) {
    guard path.count < 64 else { throw failure }
    switch try next() {
    case UInt8(ascii: "{"): try sequence(UInt8(ascii: "}"), path, isObject: true, rewrite)
    case UInt8(ascii: "["): try sequence(UInt8(ascii: "]"), path, isObject: false, rewrite)
    case UInt8(ascii: "\""):
      let (raw, text) = try string()
      if path.count == 3, path[0] == "Statement", path[1] == "Principal" || path[1] == "NotPrincipal" {
        write(try rewrite(path[2], text))
      } else {
        output += raw
      }
    default:
      let start = at
      while at < bytes.count, ![0x2C, 0x5D, 0x7D, 0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
      guard at > start else { throw failure }
      let word = String(decoding: bytes[start..<at], as: UTF8.self)
      // An account number without quotes.
      if path.count == 3, path[1] == "Principal" || path[1] == "NotPrincipal" {
        write(try rewrite(path[2], word))
      } else {
        output += bytes[start..<at]
      }
    }
  }

  private mutating func sequence(
    _ closing: UInt8, _ path: [String], isObject: Bool, _ rewrite: Rewrite
  ) throws(AWSError) {
    output.append(bytes[at])
    at += 1
    var isFirst = true
    while try next() != closing {
      if !isFirst {
        guard bytes[at] == UInt8(ascii: ",") else { throw failure }
        output.append(UInt8(ascii: ","))
        at += 1
      }
      isFirst = false
      if isObject {
        guard try next() == UInt8(ascii: "\"") else { throw failure }
        let (raw, name) = try string()
        guard try next() == UInt8(ascii: ":") else { throw failure }
        at += 1
        output += raw
        output.append(UInt8(ascii: ":"))
        try value(path: path + [name], rewrite)
      } else {
        try value(path: path, rewrite)
      }
    }
    output.append(closing)
    at += 1
  }

  /// A string as written, and what it means.
  private mutating func string() throws(AWSError) -> (raw: ArraySlice<UInt8>, text: String) {
    let start = at
    at += 1
    var hasEscapes = false
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      if bytes[at] == UInt8(ascii: "\\") {
        hasEscapes = true
        at += 1
      }
      at += 1
    }
    guard at < bytes.count else { throw failure }
    at += 1
    let raw = bytes[start..<at]
    guard hasEscapes else { return (raw, String(decoding: raw.dropFirst().dropLast(), as: UTF8.self)) }
    guard let text = PrincipalEditor.unescape(raw) else { throw failure }
    return (raw, text)
  }

  private mutating func write(_ text: String) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
    output.append(UInt8(ascii: "\""))
  }
}

extension PrincipalEditor {
  /// The meaning of a JSON string with escapes; names of users and roles have none, so this is for completeness only.
  private static func unescape(_ raw: ArraySlice<UInt8>) -> String? {
    try? JSONDecoder().decode(String.self, from: Data(raw))
  }
}
