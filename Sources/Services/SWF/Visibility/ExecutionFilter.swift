import Cloud
import Wire

/// Which runs a list or count is about: one of the filters that AWS has, and a span of time.
struct ExecutionFilter: Sendable {
  /// Open or closed runs.
  enum Status: Sendable {
    case open
    case closed
  }

  /// By which of its times a run is found, and by which the runs are ordered.
  enum Order: Sendable {
    case start
    case close
  }

  /// What else a run has to be; AWS allows one of these.
  enum Condition: Sendable, Equatable {
    case any
    case workflowID(String)
    /// Without a version, all versions.
    case type(name: String, version: String?)
    case tag(String)
    case closeStatus(String)
  }

  var domain: String
  var status: Status
  var order: Order
  /// Milliseconds since 1970, included.
  var oldest: Int64
  /// Milliseconds since 1970, included.
  var latest: Int64
  var condition: Condition

  /// Whether a run is one of those that are meant.
  func matches(_ record: ExecutionRecord) -> Bool {
    guard record.domain == domain, record.isOpen == (status == .open) else { return false }
    guard let time = order == .start ? record.startedAt : record.closedAt, time >= oldest, time <= latest else {
      return false
    }
    switch condition {
    case .any: return true
    case .workflowID(let id): return record.workflowID == id
    case .type(let name, let version):
      return record.type.name == name && (version.map { $0 == record.type.version } ?? true)
    case .tag(let tag): return record.tags.contains(tag)
    case .closeStatus(let status): return record.closeStatus == status
    }
  }
}

extension ExecutionFilter {
  /// The filter of ListOpen… and CountOpenWorkflowExecutions.
  /// - Throws: ValidationException for filters that exclude each other.
  init(
    open domain: String, start: ExecutionTimeFilter, execution: WorkflowExecutionFilter?, type: WorkflowTypeFilter?,
    tag: TagFilter?
  ) throws(AWSError) {
    let condition = try ExecutionFilter.condition(
      [
        ("executionFilter", execution.map { .workflowID($0.workflowId) }), ("typeFilter", type?.condition),
        ("tagFilter", tag.map { .tag($0.tag) }),
      ])
    self.init(domain: domain, status: .open, order: .start, span: start, condition: condition)
  }

  /// The filter of ListClosed… and CountClosedWorkflowExecutions.
  /// - Throws: ValidationException for filters that exclude each other, and without a time filter.
  init(
    closed domain: String, start: ExecutionTimeFilter?, close: ExecutionTimeFilter?,
    execution: WorkflowExecutionFilter?, type: WorkflowTypeFilter?, tag: TagFilter?, closeStatus: CloseStatusFilter?
  ) throws(AWSError) {
    let condition = try ExecutionFilter.condition(
      [
        ("executionFilter", execution.map { .workflowID($0.workflowId) }), ("typeFilter", type?.condition),
        ("tagFilter", tag.map { .tag($0.tag) }), ("closeStatusFilter", closeStatus.map { .closeStatus($0.status) }),
      ])
    switch (start, close) {
    case (nil, nil): throw .validation("Must specify time filter")
    case (.some, .some): throw ExecutionFilter.exclusive(["startTimeFilter", "closeTimeFilter"])
    case (let start?, nil):
      self.init(domain: domain, status: .closed, order: .start, span: start, condition: condition)
    case (nil, let close?):
      self.init(domain: domain, status: .closed, order: .close, span: close, condition: condition)
    }
  }

  private init(domain: String, status: Status, order: Order, span: ExecutionTimeFilter, condition: Condition) {
    self.init(
      domain: domain, status: status, order: order, oldest: span.oldestDate.milliseconds,
      latest: span.latestDate?.milliseconds ?? .max, condition: condition)
  }

  private static func condition(_ filters: [(name: String, condition: Condition?)]) throws(AWSError) -> Condition {
    let given = filters.compactMap(\.condition)
    if given.count > 1 { throw exclusive(filters.map(\.name)) }
    return given.first ?? .any
  }

  private static func exclusive(_ names: [String]) -> AWSError {
    .validation(
      "Cannot specify more than one exclusive filters in the same query: \(names.joined(separator: ", "))")
  }
}

extension WorkflowTypeFilter {
  fileprivate var condition: ExecutionFilter.Condition { .type(name: name, version: version?.ifWritten) }
}
