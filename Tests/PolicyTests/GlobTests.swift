import Testing

@testable import Policy

@Suite("Patterns")
struct GlobTests {
  private func matches(_ tokens: [UInt8], _ text: [UInt8]) -> Bool {
    let slowly = tokens.withUnsafeBufferPointer { pattern in
      text.withUnsafeBufferPointer { globMatchesEveryWay(pattern, $0) }
    }
    #expect(text.withUnsafeBufferPointer(Pattern(tokens).matches) == slowly, "\(tokens) on \(text)")
    return slowly
  }

  private func matches(_ pattern: String, _ text: String) -> Bool {
    matches(Wildcard.compile(pattern.utf8), Array(text.utf8))
  }

  @Test(
    "* is any run and ? any one character",
    arguments: [
      ("", "", true), ("*", "", true), ("?", "", false), ("a", "a", true), ("a", "A", false), ("a*", "a", true),
      ("a*", "abc", true), ("*c", "abc", true), ("a*c", "abc", true), ("a*c", "abcd", false), ("a?c", "abc", true),
      ("a?c", "ac", false), ("*a*b*", "xaxbx", true), ("*a*b*", "xbxax", false), ("**", "x", true),
      ("a**b", "ab", true),
      ("*ab", "aab", true), ("*aab", "aaab", true), ("?*", "", false), ("a*\n*b", "a\nb", true), ("a*b", "a\nb", true),
    ])
  func plain(_ pattern: String, _ text: String, _ expected: Bool) {
    #expect(matches(pattern, text) == expected)
  }

  @Test("? is one UTF-16 unit: an accented letter is one, an emoji two")
  func units() {
    #expect(matches("?", "é"))
    #expect(!matches("??", "é"))
    #expect(matches("?", "語"))
    #expect(!matches("?", "🙂"))
    #expect(matches("??", "🙂"))
    #expect(matches("*??", "a🙂"))
    #expect(!matches("*????", "é🙂"))
  }

  @Test("patterns agree with a matcher that tries everything")
  func random() {
    var generator = SplitMix(seed: 7)
    let alphabet: [UInt8] = [97, 98, 58, Wildcard.run, Wildcard.one, Wildcard.partRun, Wildcard.partOne]
    var matched = 0
    for _ in 0..<40_000 {
      let pattern = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 97
      }
      let text = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<3, using: &generator)]
      }
      let expected = everyWay(pattern[...], text[...])
      matched += expected ? 1 : 0
      #expect(matches(pattern, text) == expected, "\(pattern) on \(text)")
    }
    #expect(matched > 2_000)
  }

  private func everyWay(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let token = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    switch token {
    case Wildcard.run, Wildcard.partRun:
      if everyWay(rest, text) { return true }
      guard let byte = text.first, token == Wildcard.run || byte != 58 else { return false }
      return everyWay(pattern, text.dropFirst())
    case Wildcard.one, Wildcard.partOne:
      guard let byte = text.first, token == Wildcard.one || byte != 58 else { return false }
      return everyWay(rest, text.dropFirst())
    default: return text.first == token && everyWay(rest, text.dropFirst())
    }
  }

  @Test("a pattern with many stars takes no exponential time")
  func pathological() {
    #expect(!matches(String(repeating: "a*", count: 200) + "b", String(repeating: "a", count: 5_000)))
  }

  @Test(
    "resources match part by part",
    arguments: [
      ("arn:aws:sqs", "arn:aws:sqs:us-east-1:1:q", true), ("arn:aws:s3:::b*", "arn:aws:s3:::b/k", true),
      ("arn:aws:s*:::b", "arn:aws:s3:::b", false), ("arn:aws:*:::b", "arn:aws:s3:::b", true),
      ("arn:aws:ec2:*:instance/x:*", "arn:aws:ec2:us:1:instance/x:y", true),
      ("arn:aws:sqs:u*1:1:q", "arn:aws:sqs:us:east1:1:q", false),
      ("arn:aws:sqs:*:1:a:b", "arn:aws:sqs:eu:1:a:b", true), ("*", "*", true), ("arn:*", "*", false), ("**", "*", true),
    ])
  func resources(_ pattern: String, _ resource: String, _ expected: Bool) {
    #expect(ResourcePattern(pattern, variables: true).matches(RequestedResource(resource), [:]) == expected)
  }

  @Test("what a variable brings is never a wildcard")
  func substitution() {
    let pattern = ResourcePattern("arn:aws:s3:::b/${aws:username}/*", variables: true)
    let resource = RequestedResource("arn:aws:s3:::b/ann/x")
    #expect(pattern.matches(resource, ["AWS:UserName": "ann"]))
    #expect(!pattern.matches(resource, ["aws:username": "*"]))
    #expect(!pattern.matches(resource, [:]))
    #expect(!pattern.matches(resource, ["aws:username": ["ann"]]))
    #expect(
      !ResourcePattern("arn:aws:s3:::b/${aws:username}/*", variables: false).matches(resource, ["aws:username": "ann"]))
  }
}

/// A small seeded generator, so that failures repeat.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
