import Cloud
import Wire

/// ListOpen…, ListClosed…, CountOpen… and CountClosedWorkflowExecutions.
///
/// On AWS these are eventually consistent; here they are up to date at once.
enum Listing {
  static func open(
    _ input: ListOpenWorkflowExecutionsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowExecutionInfos {
    let filter = try ExecutionFilter(
      open: input.domain, start: input.startTimeFilter, execution: input.executionFilter, type: input.typeFilter,
      tag: input.tagFilter)
    return try page(
      of: "ListOpenWorkflowExecutions", filter, token: input.nextPageToken, size: input.maximumPageSize,
      isReversed: input.reverseOrder ?? false, context, transaction)
  }

  static func closed(
    _ input: ListClosedWorkflowExecutionsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowExecutionInfos {
    let filter = try ExecutionFilter(
      closed: input.domain, start: input.startTimeFilter, close: input.closeTimeFilter,
      execution: input.executionFilter, type: input.typeFilter, tag: input.tagFilter,
      closeStatus: input.closeStatusFilter)
    return try page(
      of: "ListClosedWorkflowExecutions", filter, token: input.nextPageToken, size: input.maximumPageSize,
      isReversed: input.reverseOrder ?? false, context, transaction)
  }

  static func countOpen(
    _ input: CountOpenWorkflowExecutionsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowExecutionCount {
    let filter = try ExecutionFilter(
      open: input.domain, start: input.startTimeFilter, execution: input.executionFilter, type: input.typeFilter,
      tag: input.tagFilter)
    return try count(filter, context, transaction)
  }

  static func countClosed(
    _ input: CountClosedWorkflowExecutionsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowExecutionCount {
    let filter = try ExecutionFilter(
      closed: input.domain, start: input.startTimeFilter, close: input.closeTimeFilter,
      execution: input.executionFilter, type: input.typeFilter, tag: input.tagFilter,
      closeStatus: input.closeStatusFilter)
    return try count(filter, context, transaction)
  }

  /// AWS: "By default the results are returned in descending order of the start or the close time."
  private static func page(
    of operation: String, _ filter: ExecutionFilter, token: String?, size: Int?, isReversed: Bool, _ context: Context,
    _ transaction: Transaction
  ) throws(AWSError) -> WorkflowExecutionInfos {
    let scope = try context.scope
    _ = try DomainRecord.find(filter.domain, in: scope, transaction)
    let last = try PageToken.key(token, of: operation, at: transaction.now)
    let limit = PageToken.size(size)
    let scan = ExecutionScan(filter: filter, scope: scope, transaction: transaction)
    var found: [ExecutionRecord] = []
    var isMore = false
    try scan.run(behind: last, isAscending: isReversed) { record throws(AWSError) in
      isMore = found.count == limit
      if !isMore { found.append(record) }
      return !isMore
    }
    let next =
      isMore ? found.last.map { PageToken(operation, behind: scan.place(of: $0), at: transaction.now).text } : nil
    return WorkflowExecutionInfos(executionInfos: found.map(\.info), nextPageToken: next)
  }

  /// AWS cuts a count off when it has read 1 MB and says so by `truncated`; here every run is counted.
  private static func count(
    _ filter: ExecutionFilter, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowExecutionCount {
    let scope = try context.scope
    _ = try DomainRecord.find(filter.domain, in: scope, transaction)
    let scan = ExecutionScan(filter: filter, scope: scope, transaction: transaction)
    return WorkflowExecutionCount(count: try scan.count(), truncated: false)
  }
}
