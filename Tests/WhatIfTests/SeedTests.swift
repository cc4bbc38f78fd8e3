import Foundation
import Testing

@testable import WhatIf

@Suite("Seed files")
struct SeedTests {
  @Test("the enterprise seed has eight accounts in their units, and every policy can be read")
  func enterprise() throws {
    let seed = try Seed(reading: Seed.enterprise)
    #expect(seed.root.allAccounts.count == 8)
    #expect(seed.root.units.map(\.name) == ["Security", "Log Archive", "Infrastructure", "Workloads", "Sandbox"])
    #expect(seed.policies.filter { $0.type == "RESOURCE_CONTROL_POLICY" }.count == 1)
    for policy in seed.policies { _ = try OrganizationModel.read(policy.content, policy.name) }
    #expect(
      seed.root.units[1].attachments == .init(policies: ["deny-root-user", "log-archive-only"], hasFullAccess: false))
  }

  @Test("what is written is read back the same, as YAML and as JSON")
  func roundTrip() throws {
    var seed = try Seed(reading: Seed.enterprise)
    seed.management = "012345678901"
    seed.policies.append(
      .init(name: "odd: #1", type: "SERVICE_CONTROL_POLICY", description: "yes", content: "{\n  \"a\": \"b # c\"\n}"))
    #expect(try Seed(reading: seed.value.yaml) == reread(seed))
    #expect(try Seed(reading: seed.value.prettyJSON()) == reread(seed))
    let text = SeedValue.map([
      .init("script", .string("one\n  two\n\nthree\n")), .init("no end", .string("a\nb")), .init("empty", .map([])),
      .init("list", .list([.list([.string("x, y")]), .null, .number("-1.5"), .bool(false), .string("")])),
      .init("ends", .string(" a\n")), .init("~", .string("~")), .init("digits", .string("012")),
      .init(
        "deep", .list([.map([.init("a", .map([.init("b", .list([.string("c")]))])), .init("d", .string("- e"))])])),
    ])
    #expect(try SeedValue(reading: text.yaml) == text)
    #expect(try SeedValue(reading: text.prettyJSON()) == text)
  }

  /// Policies are written as objects, so their white space goes.
  private func reread(_ seed: Seed) throws -> Seed {
    var seed = seed
    for index in seed.policies.indices {
      seed.policies[index].content = try SeedValue(reading: seed.policies[index].content).json
    }
    return seed
  }

  @Test(
    "YAML is read as far as seeds need it",
    arguments: [
      ("a: 1", #"{"a":1}"#), ("a: 012", #"{"a":"012"}"#), ("a: 2012-10-17", #"{"a":"2012-10-17"}"#),
      ("a: no", #"{"a":"no"}"#), ("a: 'it''s' # c", #"{"a":"it's"}"#), (#"a: "x # y\n""#, #"{"a":"x # y\n"}"#),
      ("- 1\n- - 2\n  - 3\n- a: b\n  c:\n  - d\n", #"[1,[2,3],{"a":"b","c":["d"]}]"#),
      ("a:\n  b: {c: [d, 'e'], f: null}\n\n# end\n", #"{"a":{"b":{"c":["d","e"],"f":null}}}"#),
      ("a: [x,\n    y]\nb: ~", #"{"a":["x","y"],"b":null}"#), ("---\na:\nb: true", #"{"a":null,"b":true}"#),
      ("a: |\n  x\n    # y\n\n  z\nb: |-\n  q", #"{"a":"x\n  # y\n\nz\n","b":"q"}"#), ("\"k: 1\": v", #"{"k: 1":"v"}"#),
      ("a: http://x#y", #"{"a":"http://x#y"}"#), ("", "null"),
      (#"{"a": ["\u00e9\ud83d\ude00", 1.5, {}]}"#, #"{"a":["é😀",1.5,{}]}"#),
      ("a: b\r\nc: d\r\n", #"{"a":"b","c":"d"}"#), ("a: 12\nb: -1.5e3", #"{"a":12,"b":-1.5e3}"#),
      ("a: &x [1, yes]\nb: *x", #"{"a":[1,"yes"],"b":[1,"yes"]}"#), ("a: >\n  x\n  y\n", #"{"a":"x y\n"}"#),
      ("a: !!str 012", #"{"a":"012"}"#), ("a: !!str 1", #"{"a":"1"}"#), ("a: on", #"{"a":"on"}"#),
    ])
  func reads(_ text: String, _ json: String) throws {
    #expect(try SeedValue(reading: text).json == json)
  }

  @Test(
    "what is not read is an error that names its line",
    arguments: [
      ("a: 1\n\tb: 2", 2), ("a: 1\na: 2", 1), ("a: b: c", 1), ("a: 1\n  b: 2", 2), ("a:\n  - 1\n b: 2", 3),
      ("a: 1\n---\nb: 2", 2), ("- 1\nb: 2", 2), ("a: !!set 1", 1), ("? [a]\n: b", 1), ("a: *x", 1),
      ("{\"a\": 1,\n b: 2}", 2), ("{\"a\": 1,\n \"a\": 2}", 2), ("a: \"\\q\"", 1), ("a\nb: 1", 2),
    ])
  func refuses(_ text: String, _ line: Int) {
    do {
      let value = try SeedValue(reading: text)
      Issue.record("\(text) was read as \(value.json)")
    } catch {
      #expect("\(error)".hasPrefix("line \(line): "), "\(text): \(error)")
    }
  }

  @Test(
    "seeds say what is wrong with them",
    arguments: [
      ("root: {}\nfoo: 1", "the file has no key foo"), ("policies: []", "needs root"),
      ("root: {policies: [x]}", "root: there is no policy x in the file"),
      ("root: {accounts: [{name: a, email: e}, {name: b, email: e}]}", "the address e is taken"),
      ("root: {accounts: [{name: a}]}", "root.accounts[0] needs email:"),
      ("root: {accounts: [{name: a, email: e, id: 12}]}", "should be twelve digits"),
      ("root: {units: [{accounts: []}]}", "root.units[0] needs name:"),
      ("root: {}\npolicies: [{name: a, type: SCP, content: 'x'}]", "is no JSON object"),
      ("root: {fullAccess: maybe}", "should be true or false"), ("root: [1]", "root should have keys"),
    ])
  func problems(_ text: String, _ message: String) {
    do {
      _ = try Seed(reading: text)
      Issue.record("\(text) was read")
    } catch {
      #expect(error.description.contains(message), "\(error)")
    }
  }

  @Test("what the AWS CLI answered becomes an organization, and one that is incomplete says what is missing")
  func answers() throws {
    var files = [
      "organization": #"{"Organization":{"Id":"o-a","MasterAccountId":"111111111111","FeatureSet":"ALL"}}"#,
      "roots": #"{"Roots":[{"Id":"r-a","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"}]}]}"#,
      "units-r-a": #"{"OrganizationalUnits":[{"Id":"ou-1","Name":"Work"}]}"#,
      "accounts-r-a": #"{"Accounts":[{"Id":"111111111111","Name":"m","Email":"m@x","Status":"ACTIVE"}]}"#,
      "units-ou-1": #"{"OrganizationalUnits":[]}"#,
      "accounts-ou-1":
        #"{"Accounts":[{"Id":"222222222222","Name":"a","Email":"a@x"},{"Id":"333333333333","Name":"c","State":"CLOSED"}]}"#,
      "policy-p-1":
        #"{"Policy":{"PolicySummary":{"Id":"p-1","Name":"guard","Type":"SERVICE_CONTROL_POLICY"},"Content":"{\"Statement\":[]}"}}"#,
      "targets-p-1": #"{"Targets":[{"TargetId":"ou-1","Type":"ORGANIZATIONAL_UNIT"}]}"#,
    ]
    func read() throws -> OrganizationModel {
      try RecordedAnswers(files.mapValues { Data($0.utf8) }).organization()
    }
    let model = try read()
    #expect(model.accounts.map(\.id) == ["111111111111", "222222222222"])
    #expect(model.attachments == [.init(target: "ou-1", policy: "p-1")])
    let seed = Seed(model)
    #expect(seed.root.units.first?.attachments == .init(policies: ["guard"], hasFullAccess: false))
    #expect(seed.root.units.first?.accounts.first?.id == "222222222222")
    #expect(seed.management == "111111111111")
    files["targets-p-1"] = nil
    #expect(throws: SeedProblem("targets-p-1.json is missing: where p-1 is attached")) { try read() }
    files["units-ou-1"] = nil
    files["accounts-ou-1"] = nil
    #expect(throws: SeedProblem.self) { try read() }
  }
}
