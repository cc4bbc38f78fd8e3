import Testing

@testable import Logs

/// AWS: CloudWatch Logs user guide, "Filter pattern syntax for metric filters, subscription filters, filter log events, and Live
/// Tail": its examples, by section.
struct FilterPatternTests {
  @Test(
    "terms in unstructured text",
    arguments: [
      ("ERROR", "[ERROR 400] BAD REQUEST", true),
      ("ERROR", "Exiting with ERRORCODE: -1", true),
      ("ERROR", "[error] lower case", false),
      ("ERROR ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS", true),
      ("ERROR ARGUMENTS", "[ERROR 400] BAD REQUEST", false),
      ("\"INTERNAL SERVER ERROR\"", "[ERROR 500] INTERNAL SERVER ERROR", true),
      ("\"INTERNAL SERVER ERROR\"", "INTERNAL ERROR SERVER", false),
      ("?ERROR ?ARGUMENTS", "[ERROR 400] BAD REQUEST", true),
      ("?ERROR ?ARGUMENTS", "[WARN] MISSING ARGUMENTS", true),
      ("?ERROR ?ARGUMENTS", "[INFO] REQUEST", false),
      // The optional term is ignored beside others.
      ("?ERROR REQUEST", "[INFO] REQUEST SUCCESSFUL", true),
      ("?ERROR REQUEST", "[ERROR 401] UNAUTHORIZED", false),
      ("ERROR -ARGUMENTS", "[ERROR 400] BAD REQUEST", true),
      ("ERROR -ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS", false),
      ("\"ERROR\" - \"Exiting\"", "Exiting with ERRORCODE: -1", false),
      ("", "anything", true),
      ("  ", "anything", true),
      ("\" \"", "one two", true),
      ("\" \"", "one", false),
      (#""say \"hi\"""#, #"they say "hi" to you"#, true),
      ("%AUTHORIZED%", "[ERROR 401] UNAUTHORIZED REQUEST", true),
      ("%AUTHORIZED%", "[SUCCESS 200] AUTHORIZED REQUEST", true),
      ("%AUTHORIZED%", "[INFO] nothing", false),
    ])
  func terms(pattern: String, message: String, isMatch: Bool) throws {
    #expect(try FilterPattern(pattern).matches(message) == isMatch)
  }

  @Test(
    "patterns that can't be read",
    arguments: ["a-b", "\"open", "{ $.a = }", "{ $.a }", "[a, b", "{ a = 1 }", "%a!%", "%(a)%"])
  func unreadable(pattern: String) { #expect(throws: PatternProblem.self) { try FilterPattern(pattern) } }

  static let trail = """
    {"eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111",
     "arrayKey": ["value", "another value"],
     "objectList": [{"name": "a", "id": 1}, {"name": "b", "id": 2}],
     "SomeObject": null, "cluster.name": "c", "ThisFlag": true, "latency": 550.5, "errorCode": 400, "code": "500"}
    """

  @Test(
    "members of JSON messages",
    arguments: [
      (#"{ $.eventType = "UpdateTrail" }"#, true),
      (#"{$.eventType="UpdateTrail"}"#, true),
      ("{ $.eventType = Update* }", true),
      ("{ $.eventType = \"*Trail\" }", true),
      ("{ $.eventType = Create* }", false),
      ("{ $.sourceIPAddress != 123.123.* }", true),
      ("{ $.sourceIPAddress != 111.111.* }", false),
      (#"{ $.arrayKey[0] = "value" }"#, true),
      (#"{ $.arrayKey[1] = "value" }"#, false),
      (#"{ $.arrayKey[*] = "another value" }"#, true),
      ("{ $.objectList[1].id = 2 }", true),
      ("{ $.objectList[*].id = 2 }", true),
      ("{ $.SomeObject IS NULL }", true),
      ("{ $.eventType IS NULL }", false),
      ("{ $.SomeOtherObject NOT EXISTS }", true),
      ("{ $.SomeObject NOT EXISTS }", false),
      ("{ $.ThisFlag IS TRUE }", true),
      ("{ $.ThisFlag IS FALSE }", false),
      ("{ $.latency >= 500 }", true),
      ("{ $.latency < 10e2 }", true),
      ("{ $.latency > +1000 }", false),
      ("{ $.errorCode = 400 }", true),
      ("{ $.errorCode = 4* }", true),
      ("{ $.errorCode != 500 }", true),
      ("{ $.code >= 500 }", false),
      ("{ $.eventType = %Trail$% }", true),
      ("{ $.sourceIPAddress = %111\\.111\\.111\\.1[0-9]{1,2}% }", true),
      (#"{ $.["cluster.name"] = "c" }"#, false),
      (#"{ $["cluster.name"] = "c" }"#, true),
      // The selector must point to a value.
      ("{ $.arrayKey = 1 }", false),
      ("{ $.arrayKey != 1 }", false),
      ("{ $.missing != 1 }", false),
    ])
  func members(pattern: String, isMatch: Bool) {
    #expect(((try? FilterPattern(pattern))?.matches(FilterPatternTests.trail) ?? false) == isMatch)
  }

  static let user = """
    {"user": {"id": 1, "email": "John.Stiles@example.com"},
     "users": [{"id": 2, "email": "John.Doe@example.com"}, {"id": 3, "email": "Jane.Doe@example.com"}],
     "actions": ["GET", "PUT", "DELETE"], "coordinates": [[0, 1, 2], [4, 5, 6], [7, 8, 9]]}
    """

  @Test(
    "compound conditions: () before && before ||",
    arguments: [
      (#"{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }"#, true),
      (#"{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }"#, false),
      (
        #"{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }"#,
        true
      ),
      (
        #"{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }"#,
        false
      ),
      ("{ $.coordinates[1][2] = 6 }", true),
    ])
  func compound(pattern: String, isMatch: Bool) throws {
    #expect(try FilterPattern(pattern).matches(FilterPatternTests.user) == isMatch)
  }

  static let access = #"127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534"#

  @Test(
    "fields between spaces",
    arguments: [
      ("[ip, user, username, timestamp, request, status_code, bytes]", true),
      ("[ip, user, username, timestamp, request, status_code]", false),
      ("[..., status_code, bytes]", true),
      ("[ip, user, ..., status_code, bytes]", true),
      ("[ip, user, ...]", true),
      ("[ip, user, username, timestamp, request, status_code, bytes > 1000]", true),
      ("[ip, user, username, timestamp, request, status_code, bytes > 2000]", false),
      ("[ip, user, username, timestamp, request, status_code = 4*, bytes]", true),
      ("[ip, user, username, timestamp, request = *html*, status_code = 4*, bytes]", true),
      ("[ip, user, username, timestamp, request, status_code = 4* && bytes > 1000]", false),
      ("[ip, user, username, timestamp, request, status_code = 4* && status_code != 404, bytes]", false),
      ("[ip, user, username, timestamp, request, status_code = 4* && status_code != 403, bytes]", true),
      ("[ip=%127\\.0\\.0\\.[1-9]%, user, username, timestamp, request, status_code, bytes]", true),
      ("[ip, user, username, timestamp, request =*.html*, status_code = 4*,]", true),
      ("[..., status_code=404 || status_code=410, bytes]", true),
    ])
  func fields(pattern: String, isMatch: Bool) {
    #expect(((try? FilterPattern(pattern))?.matches(FilterPatternTests.access) ?? false) == isMatch)
  }

  @Test(
    "words by their places",
    arguments: [
      ("[w1=ERROR, w2]", [false, true, false]), ("[w1=ERROR || w1=WARN, w2]", [false, true, true]),
      ("[w1!=ERROR && w1!=WARN, w2]", [false, false, false]), ("[w1=ERROR, w2=WARN, w3]", [true, false, false]),
    ])
  func words(pattern: String, expected: [Bool]) throws {
    let filter = try FilterPattern(pattern)
    #expect(["ERROR WARN message", "ERROR message", "WARN message"].map { filter.matches($0) } == expected)
  }

  @Test("what TestMetricFilter extracts")
  func extracting() throws {
    let values = try FilterPattern("[..., request=*.html*, status_code=4*,]").extract(FilterPatternTests.access)
    #expect(
      values == [
        "$status_code": "404", "$request": "GET /index.html HTTP/1.0", "$7": "1534",
        "$4": "10/Oct/2000:13:25:15 -0700", "$3": "frank", "$2": "-", "$1": "127.0.0.1",
      ])
    let json = try FilterPattern("{ $.latency > 1 && $.errorCode = 4* }").extract(FilterPatternTests.trail)
    #expect(json == ["$.latency": "550.5", "$.errorCode": "400"])
    #expect(try FilterPattern("ERROR").extract("an ERROR") == [:])
    #expect(try FilterPattern("ERROR").extract("nothing") == nil)
  }

  @Test(
    "regular expressions without groups",
    arguments: [
      ("^abc$", "abc", true), ("^abc$", "xabc", false), ("colou?r", "color", true), ("gray|grey", "grey", true),
      ("[a-f0-9]{8}", "id deadbeef", true), ("[^0-9]+", "123", false), ("\\d{3}-\\d{4}", "555-1234", true),
      ("a*b", "aaab", true), ("a+b", "b", false), ("x{2,3}y", "xy", false), ("x{2,}y", "xxxxy", true),
      (".*end$", "the end", true), ("10\\.10\\.0\\.1", "10a10b0c1", false), ("\\x41", "A", true),
    ])
  func regexes(pattern: String, text: String, isMatch: Bool) throws {
    #expect(try LogRegex(pattern).matches(text) == isMatch)
  }
}
