import Cloud
import Testing
import Wire

@testable import S3

@Suite("Ranges and conditions of reads")
struct ReadingTests {
  @Test(
    "a single range is understood",
    arguments: [
      ("bytes=0-9", 100, 0..<10), ("bytes=10-", 100, 10..<100), ("bytes=-10", 100, 90..<100),
      ("bytes=90-200", 100, 90..<100), ("bytes=-200", 100, 0..<100), ("BYTES=0-0", 1, 0..<1),
      ("bytes=0-99999999999999999999", 5, 0..<5),
    ] as [(String, Int64, Range<Int64>)])
  func understood(header: String, size: Int64, expected: Range<Int64>) {
    #expect(ByteRange(header)?.resolved(size: size) == expected)
  }

  @Test(
    "what isn't one range is ignored",
    arguments: ["bytes=0-1,3-4", "bytes=", "bytes=-", "bytes=5-1", "items=0-1", "0-1", "bytes=a-b", "bytes=1-2-3", ""])
  func ignored(header: String) { #expect(ByteRange(header) == nil) }

  @Test("a range behind the end has no bytes", arguments: ["bytes=100-", "bytes=100-200", "bytes=-0"])
  func unsatisfiable(header: String) throws {
    let range = try #require(ByteRange(header))
    #expect(range.resolved(size: 100) == nil)
  }

  @Test("an empty object has no satisfiable range")
  func empty() throws { #expect(try #require(ByteRange("bytes=0-0")).resolved(size: 0) == nil) }

  private let modified = Timestamp(seconds: 1_000_000)
  private let now = Timestamp(seconds: 2_000_000)

  private func verdict(_ conditions: ReadConditions) -> ReadConditions.Verdict {
    conditions.verdict(etag: "abc", modified: modified, now: now)
  }

  @Test("If-Match that holds outweighs If-Unmodified-Since that doesn't")
  func matchWins() {
    #expect(
      verdict(ReadConditions(ifMatch: "\"abc\"", ifUnmodifiedSince: modified.adding(seconds: Int64(-10)))) == .met)
    #expect(
      verdict(ReadConditions(ifUnmodifiedSince: modified.adding(seconds: Int64(-10)))) == .failed("If-Unmodified-Since")
    )
  }

  @Test("If-None-Match that doesn't match outweighs If-Modified-Since")
  func noneMatchWins() {
    #expect(verdict(ReadConditions(ifNoneMatch: "\"xyz\"", ifModifiedSince: modified)) == .met)
    #expect(
      verdict(ReadConditions(ifNoneMatch: "\"abc\"", ifModifiedSince: modified.adding(seconds: Int64(-10))))
        == .notModified)
  }

  @Test("an If-Modified-Since in the future is ignored")
  func future() {
    #expect(verdict(ReadConditions(ifModifiedSince: now.adding(seconds: Int64(10)))) == .met)
    #expect(verdict(ReadConditions(ifModifiedSince: modified)) == .notModified)
  }

  @Test("entity tags match with and without quotation marks, in lists, and by a star")
  func tags() {
    for header in ["abc", "\"abc\"", "\"x\", \"abc\"", "*", "W/\"abc\""] { #expect(ETagList.contains(header, "abc")) }
    #expect(!ETagList.contains("\"ab\"", "abc"))
  }

  @Test("a conditional write fails when something is there, or something else")
  func writes() throws {
    #expect(throws: AWSError.self) { try WriteConditions(ifNoneMatch: "*").check(existing: "abc", key: "k") }
    #expect(throws: AWSError.self) { try WriteConditions(ifMatch: "x").check(existing: "abc", key: "k") }
    #expect(throws: AWSError.self) { try WriteConditions(ifMatch: "x").check(existing: nil, key: "k") }
    try WriteConditions(ifNoneMatch: "*").check(existing: nil, key: "k")
    try WriteConditions(ifMatch: "\"abc\"").check(existing: "abc", key: "k")
  }
}
