import Testing
import Wire

@testable import SWF

@Suite struct NamesTests {
  @Test(
    "a name may hold anything but colons, slashes, bars, control characters and whitespace at its ends",
    arguments: ["a", "a b", "über", "名前", "a.b-c_d", "arn2", "my-arn", "ARN", "a\u{3000}b", "{}", "a\\b", "%"])
  func valid(name: String) { #expect(Names.isValid(name)) }

  @Test(
    "a name with a forbidden character, an end in whitespace, or the word arn is refused",
    arguments: [
      "a:b", "a/b", "a|b", "\u{0}", "a\u{1F}b", "a\u{7F}", "a\u{80}b", "a\u{9F}b", " a", "a ", "\u{3000}a", "a\u{2003}",
      "arn", "\n", " ",
    ])
  func invalid(name: String) { #expect(!Names.isValid(name)) }

  @Test("every broken member is named in one sentence")
  func sentence() {
    var names = Names()
    names.name("a:b", at: "name")
    names.name(nil, at: "absent")
    names.duration("NONE", at: "fine")
    names.duration("NONE", at: "bounded", allowsNone: false)
    names.duration("-1", at: "negative")
    names.priority("2147483648", at: "priority")
    names.priority("-2147483648", at: "low")
    let error = #expect(throws: AWSError.self) { try names.check() }
    #expect(error?.code == "ValidationException")
    let message = error?.message ?? ""
    #expect(message.hasPrefix("4 validation errors detected: Value 'a:b' at 'name' failed to satisfy constraint: "))
    for path in ["'bounded'", "'negative'", "'priority'"] { #expect(message.contains(path)) }
    for path in ["'absent'", "'fine'", "'low'"] { #expect(!message.contains(path)) }
    #expect(message.count(of: "; ") == 3)
  }

  @Test(
    "a duration has one to eight digits",
    arguments: [("0", true), ("99999999", true), ("100000000", false), ("", false), ("1.5", false), ("١", false)])
  func seconds(text: String, isValid: Bool) { #expect(Names.isSeconds(text) == isValid) }

  @Test("a retention is NONE or 0 to 90 days", arguments: ["NONE", "0", "1", "90"])
  func retention(text: String) throws {
    let retention = try Retention(text)
    #expect(retention.text == text)
    #expect(retention.days == Int(text))
  }

  @Test("another retention is refused", arguments: ["91", "-1", "none", "1.5", "", "x"])
  func badRetention(text: String) { #expect(throws: AWSError.self) { try Retention(text) } }
}

extension String {
  /// How often `part` occurs.
  fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
