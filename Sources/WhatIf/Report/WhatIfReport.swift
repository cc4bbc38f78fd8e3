/// The whole answer: what was tried, on what, and what was found.
public struct WhatIfReport: Sendable, Codable, Equatable {
  /// How sure the answer is.
  public enum Grade: String, Sendable, Codable {
    /// From a history that keeps all that was evaluated.
    case exact
    /// From logs that tell a part of it: what they don't tell is unknown.
    case threeValued
  }

  /// What reading and judging took, in seconds of processor time.
  public struct Speed: Sendable, Codable, Equatable {
    public var records = 0
    public var bytes = 0
    public var readingSeconds = 0.0
    public var judgingSeconds = 0.0

    public init() {}

    /// Parts that ran side by side.
    public mutating func add(_ other: Speed) {
      records += other.records
      bytes += other.bytes
      readingSeconds += other.readingSeconds
      judgingSeconds += other.judgingSeconds
    }
  }

  public let grade: Grade
  /// The organization's id.
  public let organization: String
  /// The changes in words.
  public let changes: [String]
  public let counts: Tally.Counts
  public let findings: [Finding]
  public let speed: Speed

  public init(
    grade: Grade, organization: String, changes: [String], tally: Tally, speed: Speed
  ) {
    self.grade = grade
    self.organization = organization
    self.changes = changes
    counts = tally.counts
    findings = tally.sorted
    self.speed = speed
  }

  /// Whether anything that was allowed would be denied.
  public var hasBreaks: Bool { counts.newlyDenied > 0 }
}
