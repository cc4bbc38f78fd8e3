import Cloud
import Testing
import Wire

@testable import S3

@Suite("Lifecycle rules")
struct LifecycleTests {
  private static let noon = Timestamp(milliseconds: 1_767_268_800_000)  // 2026-01-01T12:00:00Z

  private static func object(_ key: String = "k", size: Int64 = 1 << 20, storageClass: String? = nil) -> ObjectRecord {
    var object = ObjectRecord(bucket: "b", name: key, modified: noon, etag: "e")
    object.size = size
    object.storageClass = storageClass
    return object
  }

  private static func after(days: Int64) -> Timestamp { noon.adding(seconds: days * 86_400) }

  private static func rules(
    _ change: (inout LifecycleRules.Rule) -> Void, smallObjects: LifecycleRules.SmallObjects = .stay
  ) -> LifecycleRules {
    var rule = LifecycleRules.Rule(id: "r", isEnabled: true, filter: .init(form: .empty))
    change(&rule)
    return LifecycleRules(rules: [rule], smallObjects: smallObjects)
  }

  @Test("days end at the following midnight")
  func midnights() {
    #expect(LifecycleRules.When.days(1).moment(since: Self.noon).iso8601 == "2026-01-03T00:00:00Z")
    let midnight = Self.noon.nextMidnight
    #expect(midnight.iso8601 == "2026-01-02T00:00:00Z")
    #expect(midnight.nextMidnight == midnight)
    #expect(midnight.followingMidnight.iso8601 == "2026-01-03T00:00:00Z")
  }

  @Test("an object expires when its moment has come, and not before")
  func expiration() {
    let rules = Self.rules { $0.expiration = .init(when: .days(2)) }
    #expect(rules.verdict(on: Self.object(), at: Self.after(days: 2)) == .stay)
    #expect(rules.verdict(on: Self.object(), at: Self.after(days: 3)) == .expire)
    #expect(rules.expiration(of: Self.object())?.rule == "r")
  }

  @Test("of the classes that are due the coldest counts, and none leads back")
  func transitions() {
    let rules = Self.rules {
      $0.transitions = [
        .init(when: .days(30), storageClass: "STANDARD_IA"), .init(when: .days(60), storageClass: "GLACIER"),
      ]
    }
    #expect(rules.verdict(on: Self.object(), at: Self.after(days: 31)) == .move(to: "STANDARD_IA"))
    #expect(rules.verdict(on: Self.object(), at: Self.after(days: 61)) == .move(to: "GLACIER"))
    #expect(rules.verdict(on: Self.object(storageClass: "GLACIER"), at: Self.after(days: 61)) == .stay)
    #expect(rules.verdict(on: Self.object(storageClass: "DEEP_ARCHIVE"), at: Self.after(days: 61)) == .stay)
  }

  @Test("small objects stay, unless the rule or the bucket says otherwise")
  func smallObjects() {
    let toArchive: (inout LifecycleRules.Rule) -> Void = {
      $0.transitions = [.init(when: .days(0), storageClass: "GLACIER")]
    }
    let small = Self.object(size: 100)
    #expect(Self.rules(toArchive).verdict(on: small, at: Self.after(days: 2)) == .stay)
    #expect(
      Self.rules(toArchive, smallObjects: .goToArchives).verdict(on: small, at: Self.after(days: 2))
        == .move(to: "GLACIER"))
    let sized = Self.rules {
      toArchive(&$0)
      $0.filter = .init(form: .greater, greater: 50)
    }
    #expect(sized.verdict(on: small, at: Self.after(days: 2)) == .move(to: "GLACIER"))
  }

  @Test("filters by prefix, tags and sizes")
  func filters() {
    var tagged = Self.object("logs/a", size: 10)
    tagged.tags = [TagPair(key: "a", value: "b")]
    let filter = LifecycleRules.Filter(
      form: .and, prefix: "logs/", tags: [TagPair(key: "a", value: "b")], greater: 9, less: 11)
    #expect(filter.matches(tagged))
    #expect(!filter.matches(Self.object("logs/a", size: 10)))
    #expect(!LifecycleRules.Filter(form: .greater, greater: 10).matches(tagged))
    #expect(!LifecycleRules.Filter(form: .less, less: 10).matches(tagged))
  }

  @Test("the newest replaced versions are kept")
  func noncurrent() {
    let rules = Self.rules { $0.noncurrentExpiration = .init(days: 1, kept: 2) }
    let since = Self.noon
    func verdict(newer: Int, days: Int64) -> LifecycleRules.Verdict {
      rules.verdict(onNoncurrent: Self.object(), since: since, newer: newer, at: Self.after(days: days))
    }
    #expect(verdict(newer: 1, days: 9) == .stay)
    #expect(verdict(newer: 2, days: 9) == .expire)
    #expect(verdict(newer: 2, days: 1) == .stay)
  }

  @Test("a rule with tags says nothing of delete markers")
  func markers() {
    var marker = Self.object()
    marker.isDeleteMarker = true
    let plain = Self.rules { $0.expiration = .init(removesMarkers: true) }
    #expect(plain.removes(marker: marker, at: Self.noon))
    let tagged = Self.rules {
      $0.expiration = .init(when: .days(1))
      $0.filter = .init(form: .tag, tags: [TagPair(key: "a", value: "b")])
    }
    #expect(!tagged.removes(marker: marker, at: Self.after(days: 9)))
  }
}
