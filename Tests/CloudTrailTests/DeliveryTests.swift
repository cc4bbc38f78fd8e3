import Gzip
import Testing
import Wire

@testable import Cloud
@testable import CloudTrail

@Suite struct DeliveryTests {
  static var trail: TrailRecord {
    TrailRecord(
      account: .first, region: .usEast1, name: "audit", bucket: "logs", created: Timestamp(seconds: 0))
  }

  @Test(
    "names that AWS takes and refuses",
    arguments: [
      ("audit", true), ("my-trail_1.x", true), ("ab", false), (String(repeating: "a", count: 129), false),
      ("-audit", false), ("audit-", false), ("my trail", false), ("my..trail", false), ("my-_trail", false),
      ("192.168.5.4", false), (String(repeating: "a", count: 128), true),
    ])
  func names(_ name: String, _ isValid: Bool) {
    var problem: AWSError?
    do throws(AWSError) { try TrailName.check(name) } catch { problem = error }
    #expect((problem == nil) == isValid)
    if let problem { #expect(problem.code == "InvalidTrailNameException") }
  }

  @Test("log files have AWS's keys")
  func keys() {
    var trail = DeliveryTests.trail
    let time = Timestamp(seconds: 1_689_801_177)
    #expect(
      DeliveryKeys.log(trail, account: .first, region: "eu-west-1", at: time, unique: "Abcdefgh12345678")
        == "AWSLogs/000000000000/CloudTrail/eu-west-1/2023/07/19/"
        + "000000000000_CloudTrail_eu-west-1_20230719T2112Z_Abcdefgh12345678.json.gz")
    trail.prefix = "audit"
    trail.organization = "o-abcdefghij"
    #expect(
      DeliveryKeys.digest(trail, account: .first, region: "eu-west-1", end: time)
        == "audit/AWSLogs/o-abcdefghij/000000000000/CloudTrail-Digest/eu-west-1/2023/07/19/"
        + "000000000000_CloudTrail-Digest_eu-west-1_audit_us-east-1_20230719T211257Z.json.gz")
  }

  @Test("a digest is signed as its readers expect")
  func digest() throws {
    let lane = Lane(account: .first, region: "us-east-1")
    let digest = DigestFile(
      trail: DeliveryTests.trail, lane: lane, start: Timestamp(seconds: 0), end: Timestamp(seconds: 3600),
      previous: nil, files: [])
    #expect(
      digest.textToSign(hash: "abc")
        == "1970-01-01T01:00:00Z\nlogs/AWSLogs/000000000000/CloudTrail-Digest/us-east-1/1970/01/01/"
        + "000000000000_CloudTrail-Digest_us-east-1_audit_us-east-1_19700101T010000Z.json.gz\nabc\nnull")
    let json = try #require(JSONValue(parsing: String(decoding: digest.content(fingerprint: "f"), as: UTF8.self)))
    #expect(json["previousDigestSignature"] == .null)
    #expect(json["newestEventTime"] == .null)
    #expect(json["digestSignatureAlgorithm"]?.string == "SHA256withRSA")
  }

  private func call(_ id: String, region: String = "us-east-1", recipients: [AccountID] = [.first]) -> RecordedCall {
    RecordedCall(
      JournalEntry(
        requestID: id, eventID: EventID(high: 1, low: 2), time: Timestamp(seconds: 5), service: "kms",
        operation: "CreateKey", region: region, caller: JournalCaller(.root(of: .first)), sourceIP: "", userAgent: "",
        recipients: recipients), at: JournalPlace(segment: 1, offset: 24), EventCatalog([]), emptied: [:])
  }

  @Test("a trail records what stops it and what starts it again, and nothing between")
  func switches() {
    var state = TrailStateRecord(trail: DeliveryTests.trail.id)
    state.isReading = true
    state.switches = ["stop", "start"]
    var plan = TrailPlan(
      DeliveryTests.trail, state, position: JournalPlace(segment: 1, offset: 24), accounts: [.first])
    let taken = ["a", "stop", "b", "start", "c"].filter { !plan.pass(call($0)).isEmpty }
    #expect(taken == ["a", "stop", "start", "c"])
    #expect(!plan.isDone)
  }

  @Test("a trail of one Region takes its own, one of all takes all")
  func regions() {
    var trail = DeliveryTests.trail
    var state = TrailStateRecord(trail: trail.id)
    state.isReading = true
    let place = JournalPlace(segment: 1, offset: 24)
    var plan = TrailPlan(trail, state, position: place, accounts: [.first])
    #expect(plan.pass(call("a", region: "eu-west-1")).isEmpty)
    trail.isMultiRegion = true
    plan = TrailPlan(trail, state, position: place, accounts: [.first])
    #expect(plan.pass(call("a", region: "eu-west-1")) == [.first])
    #expect(plan.pass(call("a", recipients: [IdentityTests.other])).isEmpty)
  }

  @Test("batches become one file of records")
  func batches() {
    var first = LogBatch()
    let place = JournalPlace(segment: 1, offset: 24)
    first.append("1", at: Timestamp(seconds: 2), place: place, keepingText: false)
    first.append("2", at: Timestamp(seconds: 1), place: place, keepingText: false)
    first.append("3", at: Timestamp(seconds: 3), place: place, keepingText: true)
    #expect(String(decoding: first.file, as: UTF8.self) == #"{"Records":[1,2,3]}"#)
    #expect(first.oldest == Timestamp(seconds: 1))
    #expect(first.newest == Timestamp(seconds: 3))
    #expect(first.texts.map(\.text) == ["3"])
  }

  @Test("a summary never denies what is there")
  func summaries() {
    let marks = (0..<5000).map { UInt32($0 &* 2_654_435_761 & 0xFFFF_FFFF) }
    let summary = HistorySummary(marks)
    #expect(marks.allSatisfy { summary.canHave($0) })
    let others = (5000..<15000).map { UInt32($0 &* 2_654_435_761 & 0xFFFF_FFFF) }
    #expect(others.count(where: { summary.canHave($0) }) < 400)
  }

  @Test("packed files unpack to what they were")
  func gzip() throws {
    let packed = try Gzip.packed(Array(repeating: 65, count: 100_000))
    #expect(packed.starts(with: [0x1F, 0x8B]))
    #expect(packed.count < 2000)
  }
}
