/// What a running server is asked: an organization before and after a change, to be tried on its history.
public struct WhatIfQuestion: Sendable, Codable {
  public var before: OrganizationModel
  public var after: OrganizationModel
  /// The changes in words, for the report.
  public var changes: [String]
  /// From when on: a time, or how long ago (`7d`); nothing for everything that is kept.
  public var since: String?

  public init(before: OrganizationModel, after: OrganizationModel, changes: [String], since: String?) {
    self.before = before
    self.after = after
    self.changes = changes
    self.since = since
  }
}

/// One line of the server's answer: how far it is, and at the end the report.
public struct WhatIfLine: Sendable, Codable {
  public var done: Int?
  public var total: Int?
  public var report: WhatIfReport?

  public init(done: Int? = nil, total: Int? = nil, report: WhatIfReport? = nil) {
    self.done = done
    self.total = total
    self.report = report
  }
}
