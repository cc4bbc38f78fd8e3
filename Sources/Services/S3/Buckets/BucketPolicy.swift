import Cloud
import Foundation
import Identity
import Policy
import Wire

/// What a bucket's policy must be, and whether it is public.
///
/// This is the one place where policy texts are taken in.
enum BucketPolicy {
  private struct Statement {
    var fields: [String: Any]

    func strings(_ name: String) -> [String]? {
      switch fields[name] {
      case let text as String: [text]
      case let texts as [String]: texts
      default: nil
      }
    }

    var isAllow: Bool { fields["Effect"] as? String == "Allow" }
  }

  /// Takes a policy in: checks it as S3 does, and pins the users and roles it names to their ids.
  /// - Returns: the text to store and to judge by.
  /// - Throws: MalformedPolicy with the first thing that is wrong.
  static func accept(_ text: String, for bucket: BucketRecord, _ transaction: Transaction) throws(AWSError) -> String {
    try check(text, for: bucket)
    do throws(AWSError) { return try Principals.pin(text, in: transaction) } catch {
      throw error.code == "MalformedPolicyDocument" ? malformed("Invalid principal in policy") : error
    }
  }

  /// Checks a policy as S3 does before it is stored.
  static func check(_ text: String, for bucket: BucketRecord) throws(AWSError) {
    do throws(PolicyProblem) { try PolicyValidator.check(text, as: .bucket) } catch { throw malformed(error.message) }
    guard let root = object(text), let statements = statements(root) else {
      throw malformed("Policies must be valid JSON and the first byte must be '{'")
    }
    for statement in statements {
      let resources = statement.strings("Resource") ?? statement.strings("NotResource") ?? []
      for resource in resources where !isResource(resource, of: bucket) {
        throw malformed("Policy has invalid resource")
      }
      if let actions = statement.strings("Action"), statement.strings("Resource") != nil {
        try checkFit(actions, resources)
      }
    }
  }

  private static func isResource(_ text: String, of bucket: BucketRecord) -> Bool {
    if text == "*" { return true }
    // The bucket itself or what is in it; wildcards may stand for the whole name only behind a part of it.
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[2] == "s3" else { return false }
    let name = parts[5].prefix { $0 != "/" }
    if name.contains(where: { $0 == "*" || $0 == "?" }) {
      return wildcard(Array(name.utf8), matches: Array(bucket.name.utf8))
    }
    return name == bucket.name
  }

  private static func wildcard(_ pattern: [UInt8], matches text: [UInt8]) -> Bool {
    var states: Set<Int> = [0]
    func closed(_ states: Set<Int>) -> Set<Int> {
      var all = states
      for start in states {
        var index = start
        while index < pattern.count, pattern[index] == UInt8(ascii: "*") {
          index += 1
          all.insert(index)
        }
      }
      return all
    }
    states = closed(states)
    for byte in text {
      var next: Set<Int> = []
      for state in states where state < pattern.count {
        if pattern[state] == UInt8(ascii: "*") { next.insert(state) }
        if pattern[state] == byte || pattern[state] == UInt8(ascii: "?") { next.insert(state + 1) }
      }
      states = closed(next)
    }
    return states.contains(pattern.count)
  }

  /// Actions on objects need a resource that names objects, and actions on the bucket one that names the bucket.
  private static func checkFit(_ actions: [String], _ resources: [String]) throws(AWSError) {
    let hasObjects = resources.contains { $0 == "*" || $0.contains("/") || $0.hasSuffix("*") }
    let hasBucket = resources.contains { $0 == "*" || !$0.contains("/") }
    for action in actions where !action.contains("*") {
      let isObject =
        action.contains("Object") && !bucketActionsOnObjects.contains(action.lowercased())
        || otherObjectActions.contains(action.lowercased())
      if isObject ? !hasObjects : !hasBucket {
        throw malformed("Action does not apply to any resource(s) in statement")
      }
    }
  }

  /// Actions on objects that don't say so.
  private static let otherObjectActions: Set<String> = [
    "s3:abortmultipartupload", "s3:bypassgovernanceretention", "s3:listmultipartuploadparts", "s3:replicatedelete",
    "s3:replicatetags",
  ]

  private static let bucketActionsOnObjects: Set<String> = [
    "s3:getbucketobjectlockconfiguration", "s3:putbucketobjectlockconfiguration",
  ]

  // MARK: Public policies

  /// Condition keys that, with fixed values, keep an Allow from being public.
  /// AWS: S3 user guide, "The meaning of public".
  private static let fixingKeys: Set<String> = [
    "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount", "aws:userid",
    "aws:principalorgid", "aws:principalarn", "aws:principalaccount", "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:dataaccesspointarn", "s3:dataaccesspointaccount", "aws:sourceip",
  ]

  /// Whether the policy grants to anybody.
  static func isPublic(_ text: String) -> Bool {
    guard let root = object(text), let statements = statements(root) else { return false }
    return statements.contains { statement in
      guard statement.isAllow else { return false }
      if statement.fields["NotPrincipal"] == nil {
        guard let principal = statement.fields["Principal"], grantsEverybody(principal) else { return false }
      }
      return !isFixed(statement.fields["Condition"])
    }
  }

  private static func grantsEverybody(_ principal: Any) -> Bool {
    if principal as? String == "*" { return true }
    guard let map = principal as? [String: Any], let value = map["AWS"] else { return false }
    return (value as? [String] ?? (value as? String).map { [$0] } ?? []).contains("*")
  }

  private static func isFixed(_ condition: Any?) -> Bool {
    guard let operators = condition as? [String: Any] else { return false }
    for (name, value) in operators {
      let kind = name.lowercased()
      guard !kind.contains("not"), !kind.hasSuffix("ifexists"), !kind.hasPrefix("null"),
        let keys = value as? [String: Any]
      else { continue }
      for (key, values) in keys where fixingKeys.contains(key.lowercased()) {
        let texts = values as? [String] ?? (values as? String).map { [$0] } ?? []
        if key.lowercased() == "aws:sourceip" {
          if !texts.isEmpty, texts.allSatisfy(isNarrow) { return true }
        } else if !texts.isEmpty, texts.allSatisfy({ isFixed($0, key.lowercased()) }) {
          return true
        }
      }
    }
    return false
  }

  /// Whether a value stands for few: all sessions of one role, and all access points of one account, do.
  private static func isFixed(_ text: String, _ key: String) -> Bool {
    var text = Substring(text)
    if key == "aws:userid", text.hasSuffix(":*") { text = text.dropLast(2) }
    if key == "s3:dataaccesspointarn", let slash = text.lastIndex(of: "/") { text = text[..<slash] }
    return !text.isEmpty && !text.contains("*") && !text.contains("?") && !text.contains("${")
  }

  /// Networks of /8 or smaller (IPv6: /32) are not the public.
  private static func isNarrow(_ network: String) -> Bool {
    let parts = network.split(separator: "/")
    guard parts.count == 2, let bits = Int(parts[1]) else { return parts.count == 1 }
    return bits >= (network.contains(":") ? 32 : 8)
  }

  // MARK: Reading

  private static func object(_ text: String) -> [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
  }

  private static func statements(_ root: [String: Any]) -> [Statement]? {
    if let one = root["Statement"] as? [String: Any] { return [Statement(fields: one)] }
    guard let many = root["Statement"] as? [Any] else { return nil }
    var result: [Statement] = []
    for element in many {
      guard let fields = element as? [String: Any] else { return nil }
      result.append(Statement(fields: fields))
    }
    return result
  }

  private static func malformed(_ message: String) -> AWSError { AWSError("MalformedPolicy", message, status: 400) }
}
