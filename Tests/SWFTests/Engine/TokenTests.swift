import Testing
import Wire

@testable import Cloud
@testable import SWF

@Suite struct TokenTests {
  private let token = TaskToken(
    .activity, number: 7, scheduledEventID: 5, startedEventID: 6, domain: "日本 domain")

  @Test("a task token says all that finding its task needs")
  func roundTrip() throws {
    #expect(try TaskToken(token.text, .activity) == token)
    #expect(token.text.utf8.count <= 1024)
  }

  @Test("a token of the other kind, a garbled one and no token at all are refused")
  func refusals() async {
    let invalid = "ValidationException: Invalid token"
    #expect(await refusal { _ = try TaskToken(token.text, .decision) } == invalid)
    #expect(await refusal { _ = try TaskToken("x", .activity) } == invalid)
    #expect(await refusal { _ = try TaskToken("", .activity) } == invalid)
    for index in token.text.indices where token.text[index] != "=" {
      var garbled = token.text
      garbled.replaceSubrange(index...index, with: garbled[index] == "A" ? "B" : "A")
      let changed = garbled
      #expect(await refusal { _ = try TaskToken(changed, .activity) } == invalid)
    }
  }

  @Test("a page token lives for a day, and only for the operation that gave it")
  func pages() async throws {
    let given = HistoryToken(
      number: 1, first: 1, last: 3000, next: 1001, isReversed: false, task: nil, givenAt: 1_000_000)
    #expect(try HistoryToken(given.text, ofTask: false, at: Timestamp(milliseconds: 1_000_000)) == given)
    let now = Timestamp(milliseconds: 1_000_000)
    #expect(
      await refusal { _ = try HistoryToken(given.text, ofTask: true, at: now) } == "ValidationException: Invalid token")
    let later = Timestamp(milliseconds: 1_000_001 + 86_400_000)
    #expect(
      await refusal { _ = try HistoryToken(given.text, ofTask: false, at: later) }
        == "ValidationException: Specified token has exceeded its maximum lifetime")
  }

  @Test("events are stored as the model's JSON, and read back whole")
  func events() throws {
    let json = EventShapes.all.json(
      TimerFiredEventAttributes(timerId: "\"ü\"", startedEventId: 5), id: 9, at: 1_689_947_166_007)
    #expect(
      String(decoding: json, as: UTF8.self)
        == #"{"eventTimestamp":1689947166.007,"eventType":"TimerFired","eventId":9,"#
        + #""timerFiredEventAttributes":{"timerId":"\"ü\"","startedEventId":5}}"#)
    let event = try #require(StoredEvent(id: 9, json: json).event)
    #expect(event.timerFiredEventAttributes?.timerId == "\"ü\"")
    #expect(event.eventTimestamp.milliseconds == 1_689_947_166_007)
  }
}
