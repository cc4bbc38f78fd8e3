import Identity
import Testing
import Wire

@testable import Organizations

/// The effective policy of levels of policies, root first, each level in the order of attachment.
private func merged(_ levels: [[String]], _ type: String = "TAG_POLICY") throws -> InheritedSetting {
  var setting = InheritedSetting()
  var number = 0
  for level in levels {
    var nodes: [(policy: String, node: ManagementPolicy.Node)] = []
    for text in level {
      let node = try ManagementPolicy(parsing: text).root
      nodes.append(("p-\(number)", EffectivePolicies.normalized(node, type)))
      number += 1
    }
    setting.apply(nodes)
  }
  return setting
}

/// What the tag `k` comes to: its values.
private func values(_ levels: [[String]]) throws -> [String]? {
  let texts = levels.map { $0.map { #"{"tags":{"k":{"tag_value":\#($0)}}}"# } }
  let document = TagPolicy.document(try merged(texts))
  return document["tags"]?["k"]?["tag_value"]?.array?.compactMap(\.string)
}

@Suite("Inheritance of management policies")
struct InheritanceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let levels: [[String]]
    let values: [String]

    init(_ name: String, _ levels: [[String]], _ values: [String]) {
      self.name = name
      self.levels = levels
      self.values = values
    }

    var testDescription: String { name }
  }

  /// Recorded from AWS in September 2026: two policies at the root, one at the account.
  static let recorded: [Case] = [
    Case("a child replaces", [[#"{"@@assign":["red","blue"]}"#], [#"{"@@assign":["green"]}"#]], ["green"]),
    Case(
      "a child appends what is new", [[#"{"@@assign":["red","blue"]}"#], [#"{"@@append":["blue","green"]}"#]],
      ["red", "blue", "green"]),
    Case(
      "a child removes what is there", [[#"{"@@assign":["red","blue"]}"#], [#"{"@@remove":["red","missing"]}"#]],
      ["blue"]
    ),
    Case("a child removes the last", [[#"{"@@assign":["red"]}"#], [#"{"@@remove":["red"]}"#]], []),
    Case("removing from nothing leaves any value", [[], [#"{"@@remove":["red"]}"#]], ["*"]),
    Case(
      "a lock holds",
      [[#"{"@@assign":["red"],"@@operators_allowed_for_child_policies":["@@none"]}"#], [#"{"@@assign":["green"]}"#]],
      ["red"]),
    Case(
      "what is allowed works",
      [[#"{"@@assign":["red"],"@@operators_allowed_for_child_policies":["@@append"]}"#], [#"{"@@append":["green"]}"#]],
      ["red", "green"]),
    Case(
      "a child cannot unlock",
      [
        [#"{"@@assign":["red"],"@@operators_allowed_for_child_policies":["@@append"]}"#],
        [#"{"@@assign":["green"],"@@operators_allowed_for_child_policies":["@@all"]}"#],
      ], ["red"]),
    Case(
      "of two that allow something, only what both allow is allowed",
      [
        [
          #"{"@@assign":["red"],"@@operators_allowed_for_child_policies":["@@append"]}"#,
          #"{"@@operators_allowed_for_child_policies":["@@remove"]}"#,
        ], [#"{"@@append":["green"]}"#],
      ], ["red"]),
    Case("the first of two assigns", [[#"{"@@assign":["red"]}"#, #"{"@@assign":["blue"]}"#]], ["red"]),
    Case(
      "the first of two assigns whole lists",
      [[#"{"@@assign":["red","blue"]}"#, #"{"@@assign":["blue","green"]}"#]], ["red", "blue"]),
    Case("one assigns, one removes", [[#"{"@@assign":["red","blue"]}"#, #"{"@@remove":["red"]}"#]], ["blue"]),
    Case("one appends, one removes", [[#"{"@@append":["red"]}"#, #"{"@@remove":["red"]}"#]], []),
    Case("one removes, one appends", [[#"{"@@remove":["red"]}"#, #"{"@@append":["red"]}"#]], []),
    Case("both append", [[#"{"@@append":["red"]}"#, #"{"@@append":["blue"]}"#]], ["red", "blue"]),
    Case("one assigns, one appends", [[#"{"@@assign":["red"]}"#, #"{"@@append":["blue"]}"#]], ["red", "blue"]),
    Case("one appends, one assigns", [[#"{"@@append":["red"]}"#, #"{"@@assign":["blue"]}"#]], ["blue", "red"]),
    Case(
      "all operators in one policy", [[#"{"@@assign":["red"],"@@append":["blue"],"@@remove":["red"]}"#]], ["blue"]),
    Case(
      "all operators in a child",
      [[#"{"@@assign":["red","blue"]}"#], [#"{"@@assign":["green"],"@@append":["yellow"],"@@remove":["green"]}"#]],
      ["yellow"]),
    Case(
      "scalars are texts", [[#"{"@@assign":[12,true,null]}"#], [#"{"@@append":["12",13]}"#]],
      ["12", "true", "null", "13"]),
  ]

  @Test("merges as AWS was recorded to", arguments: recorded)
  func mergesAsRecorded(_ example: Case) throws { #expect(try values(example.levels) == example.values) }

  /// AWS: Organizations user guide, "Inheritance examples", 1 to 6: the root's policy, those of a unit, the result.
  static let documented: [Case] = [
    Case(
      "example 1: overwrite", [[#"{"@@assign":["Development","Support"]}"#], [#"{"@@assign":["Sandbox"]}"#]],
      ["Sandbox"]),
    Case(
      "example 2: append", [[#"{"@@assign":["Development","Support"]}"#], [#"{"@@append":["Marketing"]}"#]],
      ["Development", "Support", "Marketing"]),
    Case(
      "example 3: remove", [[#"{"@@assign":["Development","Support"]}"#], [#"{"@@remove":["Development"]}"#]],
      ["Support"]
    ),
    Case(
      "example 4: restrict",
      [
        [#"{"@@operators_allowed_for_child_policies":["@@none"],"@@assign":["Maintenance"]}"#],
        [#"{"@@append":["Escalations"]}"#],
      ], ["Maintenance"]),
    Case(
      "example 5: contradicting child control operators",
      [
        [
          #"{"@@operators_allowed_for_child_policies":["@@append"],"@@assign":["Maintenance"]}"#,
          #"{"@@operators_allowed_for_child_policies":["@@none"],"@@append":["Monitoring"]}"#,
        ], [#"{"@@append":["Escalations"]}"#],
      ], ["Maintenance", "Monitoring"]),
    Case(
      "example 6: appending on one level",
      [
        [#"{"@@operators_allowed_for_child_policies":["@@append"],"@@assign":["Maintenance"]}"#],
        [#"{"@@append":["Escalations"]}"#, #"{"@@append":["Research"]}"#],
      ], ["Maintenance", "Escalations", "Research"]),
  ]

  @Test("merges as AWS documents", arguments: documented)
  func mergesAsDocumented(_ example: Case) throws { #expect(try values(example.levels) == example.values) }

  @Test("tag keys meet in lower case, and a tag without settings allows every value")
  func foldsKeys() throws {
    let document = TagPolicy.document(
      try merged([
        [#"{"tags":{"CostCenter":{},"Other":{"tag_key":{"@@assign":"OTHER"}}}}"#],
        [#"{"tags":{"costCENTER":{"tag_value":{"@@append":["a"]}}}}"#],
      ]))
    let expected =
      #"{"tags":{"costcenter":{"tag_value":["a"],"tag_key":"costcenter"},"other":{"tag_value":["*"],"tag_key":"OTHER"}}}"#
    #expect(document.text == expected)
    #expect(TagPolicy.document(try merged([])).text == "{}")
  }

  @Test("a lock on a group keeps those below from adding to it, not from changing what is there")
  func locksGroups() throws {
    let setting = try merged(
      [
        [
          #"{"services":{"@@operators_allowed_for_child_policies":["@@none"],"a":{"opt_out_policy":{"@@assign":"optOut"}}}}"#
        ],
        [#"{"services":{"a":{"opt_out_policy":{"@@assign":"optIn"}},"b":{"opt_out_policy":{"@@assign":"optIn"}}}}"#],
      ], "AISERVICES_OPT_OUT_POLICY")
    #expect(setting.document?.text == #"{"services":{"a":{"opt_out_policy":"optIn"}}}"#)
  }

  @Test("a setting names the policies it comes from")
  func namesContributors() throws {
    let setting = try merged([
      [#"{"tags":{"k":{"tag_value":{"@@assign":["a","b"]}}}}"#, #"{"tags":{"k":{"tag_value":{"@@append":["b"]}}}}"#],
      [#"{"tags":{"k":{"tag_value":{"@@remove":["a"]},"tag_key":{"@@assign":"K"}}}}"#],
    ])
    #expect(setting["tags"]?["k"]?["tag_value"]?.contributors == ["p-0", "p-2"])
    #expect(setting.allContributors == ["p-0", "p-2"])
  }

  @Test(
    "texts that are no management policies",
    arguments: [
      "", "[]", "{", #"{"a":1}"#, #"{"a":{},"a":{}}"#, #"{"a":{"@@other":1}}"#, #"{"a":{"@@append":"x"}}"#,
      #"{"a":{"@@remove":{}}}"#, #"{"a":{"@@assign":null}}"#, #"{"@@assign":{}}"#,
      #"{"a":{"@@operators_allowed_for_child_policies":[]}}"#,
      #"{"a":{"@@operators_allowed_for_child_policies":"@@none"}}"#,
      #"{"a":{"@@operators_allowed_for_child_policies":["@@none","@@assign"]}}"#,
      #"{"a":{"@@operators_allowed_for_child_policies":["@@append","@@append"]}}"#,
    ])
  func refuses(_ text: String) {
    #expect(throws: ManagementPolicy.Malformed.self) { try ManagementPolicy(parsing: text) }
  }
}

@Suite("Effective policies that aren't valid")
struct EffectivePolicyProblemTests {
  private func problems(_ levels: [[String]], _ kind: PolicyKind) throws -> [String] {
    EffectivePolicyProblem.all(try merged(levels, kind.rawValue), kind).map {
      "\($0.path) \($0.message) \($0.policies)"
    }
  }

  @Test("an empty backup plan says nothing; a begun one must be complete")
  func backupPlans() throws {
    #expect(try problems([[#"{"plans":{"daily":{}}}"#]], .backup).isEmpty)
    #expect(
      try problems(
        [
          [#"{"plans":{"daily":{"rules":{"daily":{"start_backup_window_minutes":{"@@assign":"60"}}}}}}"#],
          [#"{"plans":{"daily":{"rules":{"weekly":{"target_backup_vault_name":{"@@assign":"v"}}}}}}"#],
        ], .backup) == [
          "plans/daily 'regions' is missing [\"p-0\", \"p-1\"]",
          "plans/daily 'selections' is missing [\"p-0\", \"p-1\"]",
          "plans/daily/rules/daily 'target_backup_vault_name' is missing [\"p-0\"]",
        ])
  }

  @Test("a plan has at least one Region, and a selection at least one value")
  func emptyLists() throws {
    let rest =
      #""rules":{"r":{"target_backup_vault_name":{"@@assign":"v"}}},"selections":{"tags":{"s":{"iam_role_arn":"#
      + #"{"@@assign":"r"},"tag_key":{"@@assign":"k"},"tag_value":VALUE}}}"#
    func plan(_ regions: String, _ value: String) -> String {
      #"{"plans":{"p":{"regions":{"@@assign":\#(regions)},\#(rest.replacing("VALUE", with: value))}}}"#
    }
    #expect(try problems([[plan(#"["us-east-1"]"#, #"{"@@assign":["v"]}"#)]], .backup).isEmpty)
    #expect(
      try problems([[plan("[]", #"{"@@assign":["v"]}"#)]], .backup) == [
        "plans/p/regions 'regions' is less than the allowed minimum limit 1 [\"p-0\"]"
      ])
    #expect(
      try problems([[plan(#"["us-east-1"]"#, #"{"@@remove":["v"]}"#)]], .backup) == [
        "plans/p/selections/tags/s 'tag_value' is missing [\"p-0\"]"
      ])
  }

  @Test("an effective tag policy has 395,000 bytes at most")
  func longTagPolicies() throws {
    let long = (0..<40).map { #""k\#($0)":{"tag_value":{"@@assign":["\#(String(repeating: "x", count: 10_000))"]}}"# }
    let found = try problems([[#"{"tags":{\#(long.joined(separator: ","))}}"#]], .tag)
    #expect(found.count == 1 && found[0].contains("exceeds the maximum limit of 395000 bytes"))
  }
}
