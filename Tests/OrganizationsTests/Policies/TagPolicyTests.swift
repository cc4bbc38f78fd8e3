import Identity
import Testing
import Wire

@testable import Organizations

private func policy(_ text: String) throws -> TagPolicy {
  var setting = InheritedSetting()
  setting.apply([("p-1", EffectivePolicies.normalized(try ManagementPolicy(parsing: text).root, "TAG_POLICY"))])
  return TagPolicy(setting)
}

@Suite("Compliance with tag policies")
struct TagPolicyTests {
  @Test(
    "a value may have one wildcard, anywhere",
    arguments: [
      ("*", "", true), ("*", "anything", true), ("a*", "a", true), ("a*", "abc", true), ("a*", "ba", false),
      ("*@example.com", "me@example.com", true), ("*@example.com", "me@example.org", false), ("a*b", "ab", true),
      ("a*b", "a", false), ("a*a", "a", false), ("a*a", "aa", true), ("red", "red", true), ("red", "Red", false),
      ("red", "red ", false), ("", "", true),
    ])
  func wildcards(_ pattern: String, _ value: String, _ isAllowed: Bool) throws {
    let text = #"{"tags":{"k":{"tag_value":{"@@assign":["\#(pattern)"]},"enforced_for":{"@@assign":["sqs:queue"]}}}}"#
    let violation = try policy(text).violation(on: "sqs:queue", tags: [("k", value)])
    #expect((violation == nil) == isAllowed)
  }

  @Test("the key's capitals count, those of other tags don't")
  func capitals() throws {
    let rules = try policy(
      #"{"tags":{"CostCenter":{"tag_key":{"@@assign":"CostCenter"},"enforced_for":{"@@assign":["sqs:queue"]}}}}"#)
    #expect(rules.violation(on: "sqs:queue", tags: [("CostCenter", "x"), ("costs", "y")]) == nil)
    #expect(
      rules.violation(on: "sqs:queue", tags: [("b", "y"), ("costcenter", "x"), ("COSTCENTER", "x")]) == "COSTCENTER")
    let plain = try policy(#"{"tags":{"CostCenter":{"enforced_for":{"@@assign":["sqs:queue"]}}}}"#)
    #expect(plain.violation(on: "sqs:queue", tags: [("CostCenter", "x")]) == "CostCenter")
    #expect(plain.violation(on: "sqs:queue", tags: [("costcenter", "x")]) == nil)
  }

  @Test("no values at all allow none")
  func noValues() throws {
    let rules = try policy(
      #"{"tags":{"k":{"tag_value":{"@@assign":[]},"enforced_for":{"@@assign":["sqs:queue"]}}}}"#)
    #expect(rules.violation(on: "sqs:queue", tags: [("k", "")]) == "k")
  }

  @Test("a rule is enforced on the named types, or on all of a service that can be enforced")
  func types() throws {
    let rules = try policy(
      #"{"tags":{"k":{"tag_value":{"@@assign":["a"]},"enforced_for":{"@@assign":["iam:ALL_SUPPORTED","sqs:queue"]}}}}"#)
    let refused = ["sqs:queue", "iam:policy", "iam:instance-profile", "iam:oidc-provider"]
    let free = ["iam:role", "iam:user", "s3:bucket", "sqs:other", "iamx:policy", "swf:domain"]
    for type in refused { #expect(rules.violation(on: type, tags: [("k", "b")]) == "k", "\(type)") }
    for type in free { #expect(rules.violation(on: type, tags: [("k", "b")]) == nil, "\(type)") }
  }

  @Test(
    "what can be enforced",
    arguments: [
      ("sqs:queue", true), ("sqs:ALL_SUPPORTED", true), ("s3:bucket", true), ("s3:object", false), ("iam:role", false),
      ("iam:user", false), ("swf:domain", false), ("organizations:account", true), ("kms:key", true),
      ("logs:ALL_SUPPORTED", false), ("logs:log-group", true), ("ec2:instance", true), ("*", false), ("sqs:*", false),
    ])
  func enforceable(_ type: String, _ canBe: Bool) { #expect(TagPolicyResourceTypes.canBeEnforced(type) == canBe) }
}

@Suite("Documents of policies")
struct PolicyDocumentTests {
  private func code(_ content: String, _ kind: PolicyKind) -> String? {
    do throws(AWSError) {
      try PolicyDocuments.check(content, kind)
      return nil
    } catch { return error.code }
  }

  @Test("every kind takes its own document and no other's", arguments: PolicyKind.allCases)
  func kinds(_ kind: PolicyKind) {
    let statement = #"{"Effect":"Deny","Action":"s3:*","Resource":"*""#
    func document(_ kind: PolicyKind) -> String {
      switch kind {
      case .serviceControl: #"{"Statement":[\#(statement)}]}"#
      case .resourceControl: #"{"Statement":[\#(statement),"Principal":"*"}]}"#
      case .guardDuty: #"{"guardduty":{"default":{}}}"#
      default: #"{"\#(kind.topLevelKey ?? "")":{}}"#
      }
    }
    for other in PolicyKind.allCases {
      #expect(code(document(other), kind) == (other == kind ? nil : "MalformedPolicyDocumentException"), "\(other)")
    }
  }

  @Test("white space counts", arguments: PolicyKind.allCases)
  func length(_ kind: PolicyKind) {
    let text = String(repeating: " ", count: kind.longestDocument + 1)
    #expect(code(text, kind) == "ConstraintViolationException")
    #expect(code(String(text.dropLast()), kind) == "MalformedPolicyDocumentException")
  }

  @Test(
    "a setting is a value or a group, and values are scalars or lists of them",
    arguments: [
      #"{"ec2_attributes":{"a":{"@@assign":"x","b":{"@@assign":"y"}}}}"#,
      #"{"ec2_attributes":{"a":{"@@assign":{"b":"c"}}}}"#, #"{"ec2_attributes":{"a":{"@@assign":[["b"]]}}}"#,
      #"{"ec2_attributes":{"a":"x"}}"#, #"{"ec2_attributes":{"@@assign":"x"}}"#,
    ])
  func shapes(_ content: String) { #expect(code(content, .declarativeEC2) == "MalformedPolicyDocumentException") }
}
