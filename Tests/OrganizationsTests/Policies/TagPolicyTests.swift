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

  private static let rule = #""target_backup_vault_name":{"@@assign":"vault"}"#

  @Test(
    "what backup policies may have",
    arguments: [
      (
        #"{"regions":{"@@append":["us-east-1"]},"rules":{"r":{RULE,"lifecycle":{"delete_after_days":{"@@assign":9}}}}}"#,
        true
      ),
      (#"{"rules":{"r":{"schedule_expression":{"@@assign":"cron(0 5/1 ? * * *)"},"index_actions":{}}}}"#, true),
      (
        #"{"rules":{"r":{"enable_continuous_backup":{"@@assign":true},"lifecycle":{"delete_after_days":{"@@assign":"35"}}}}}"#,
        true
      ),
      (
        #"{"selections":{"resources":{"all":{"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/r"},"conditions":{"string_equals":{"t":{"condition_key":{"@@assign":"k"},"condition_value":{"@@assign":"v"}}}}}}}}"#,
        true
      ),
      (#"{"scan_settings":{"GUARDDUTY":{"resource_types":{"@@assign":["EBS"]}}}}"#, true),
      (#"{"advanced_backup_settings":{"ec2":{"windows_vss":{"@@assign":"enabled"}}}}"#, true),
      (
        #"{"rules":{"r":{"copy_actions":{"arn:aws:backup:us-east-1:$account:backup-vault:v":{"target_backup_vault_arn":{"@@assign":"arn:aws:backup:us-east-1:$account:backup-vault:v"}}}}}}"#,
        true
      ),
      (#"{"region":{"@@assign":["us-east-1"]}}"#, false),
      (#"{"regions":{"@@assign":"us-east-1"}}"#, false),
      (#"{"rules":{"r":{RULE,"start_backup_window_minutes":{"@@assign":"59"}}}}"#, false),
      (#"{"rules":{"r":{RULE,"start_backup_window_minutes":{"@@assign":"60.0"}}}}"#, false),
      (#"{"rules":{"r":{"target_backup_vault_name":{"@@assign":"a vault"}}}}"#, false),
      (#"{"rules":{"r":{"target_backup_vault_name":{"@@append":["v"]}}}}"#, false),
      (#"{"rules":{"a rule":{RULE}}}"#, false),
      (
        #"{"rules":{"r":{"enable_continuous_backup":{"@@assign":true},"lifecycle":{"delete_after_days":{"@@assign":"36"}}}}}"#,
        false
      ),
      (#"{"selections":{"tags":{"s":{"tag_value":{"@@append":[]}}}}}"#, false),
      (#"{"selections":{"tags":{"s":{"iam_role_arn":{"@@assign":"role"}}}}}"#, false),
      (#"{"advanced_backup_settings":{"ec2":{"windows_vss":{"@@assign":"on"}}}}"#, false),
    ])
  func backupPlans(_ plan: String, _ isTaken: Bool) {
    let content = #"{"plans":{"p":\#(plan.replacing("RULE", with: Self.rule))}}"#
    #expect(code(content, .backup) == (isTaken ? nil : "MalformedPolicyDocumentException"))
  }

  @Test(
    "what AI opt-out, S3, chat and declarative EC2 policies may have",
    arguments: [
      (#"{"default":{"opt_out_policy":{"@@assign":"optOut"}},"lex":{}}"#, PolicyKind.aiServicesOptOut, true),
      (#"{"nolex":{}}"#, .aiServicesOptOut, false),
      (#"{"lex":{"opt_out_policy":{"@@append":["optIn"]}}}"#, .aiServicesOptOut, false),
      (#"{"public_access_block_configuration":{"@@operators_allowed_for_child_policies":["@@none"]}}"#, .s3, true),
      (#"{"public_access_block_configuration":{"@@assign":"some"}}"#, .s3, false), (#"{"other":{}}"#, .s3, false),
      (
        #"{"platforms":{"slack":{"client":{"@@assign":"enabled"},"workspaces":{"@@assign":["T0AB1"]}}}}"#, .chatbot,
        true
      ),
      (
        #"{"platforms":{"slack":{"overrides":{"T0AB1":{"supported_channel_types":{"@@append":["public"]}}}}}}"#,
        .chatbot, true
      ),
      (
        #"{"platforms":{"slack":{"overrides":{"t0":{"supported_channel_types":{"@@append":["public"]}}}}}}"#, .chatbot,
        false
      ),
      (#"{"platforms":{"slack":{"workspaces":{"@@assign":[]}}}}"#, .chatbot, false),
      (
        #"{"platforms":{"microsoft_teams":{"tenants":{"f6b52ccb-4b0c-4a0b-9a4b-0123456789ab":{"@@assign":["*"]}}}}}"#,
        .chatbot, true
      ),
      (
        #"{"platforms":{"microsoft_teams":{"default":{"supported_channel_types":{"@@assign":["public"]}}}}}"#, .chatbot,
        false
      ),
      (#"{"platforms":{"chime":{"workspaces":{"@@assign":["*"]}}}}"#, .chatbot, false),
      (#"{"platforms":{"irc":{}}}"#, .chatbot, false), (#"{"default":{"client":{"@@assign":"off"}}}"#, .chatbot, false),
      (
        #"{"vpc_block_public_access":{"internet_gateway_block":{"mode":{"@@assign":"block_ingress"}}}}"#,
        .declarativeEC2, true
      ),
      (#"{"vpc_block_public_access":{"state":{"@@assign":"disabled"}}}"#, .declarativeEC2, false),
      (#"{"exception_message":{"@@assign":"ask the platform team"}}"#, .declarativeEC2, true),
      (#"{"image_block_public_access":{"state":{"@@assign":"block_all_sharing"}}}"#, .declarativeEC2, false),
      (#"{"snapshot_block_public_access":{"state":{"@@assign":"block_all_sharing"}}}"#, .declarativeEC2, true),
      (#"{"instance_metadata_defaults":{"http_put_response_hop_limit":{"@@assign":"64"}}}"#, .declarativeEC2, true),
      (#"{"instance_metadata_defaults":{"http_put_response_hop_limit":{"@@assign":"65"}}}"#, .declarativeEC2, false),
      (
        #"{"allowed_images_settings":{"image_criteria":{"criteria_10":{"allowed_image_providers":{"@@append":["amazon"]}}}}}"#,
        .declarativeEC2, true
      ),
      (
        #"{"allowed_images_settings":{"image_criteria":{"criteria_11":{"allowed_image_providers":{"@@append":["amazon"]}}}}}"#,
        .declarativeEC2, false
      ),
    ])
  func vocabularies(_ top: String, _ kind: PolicyKind, _ isTaken: Bool) {
    let content = #"{"\#(kind.topLevelKey ?? "")":\#(top)}"#
    #expect(code(content, kind) == (isTaken ? nil : "MalformedPolicyDocumentException"))
  }

  @Test(
    "a setting is a value or a group, and values are scalars or lists of them",
    arguments: [
      #"{"bedrock":{"a":{"@@assign":"x","b":{"@@assign":"y"}}}}"#,
      #"{"bedrock":{"a":{"@@assign":{"b":"c"}}}}"#, #"{"bedrock":{"a":{"@@assign":[["b"]]}}}"#,
      #"{"bedrock":{"a":"x"}}"#, #"{"bedrock":{"@@assign":"x"}}"#,
    ])
  func shapes(_ content: String) { #expect(code(content, .bedrock) == "MalformedPolicyDocumentException") }
}
