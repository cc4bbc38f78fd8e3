import Cloud
import Wire

/// GetWorkflowExecutionHistory.
enum HistoryReading {
  static func history(
    _ input: GetWorkflowExecutionHistoryInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> EncodedAnswer {
    let scope = try context.scope
    let size = try pageSize(input.maximumPageSize)
    _ = try DomainRecord.find(input.domain, in: scope, transaction)
    let record = try Executions.find(
      input.execution.workflowId, run: input.execution.runId, in: input.domain, scope, transaction)
    let token: HistoryToken
    if let text = Durations.given(input.nextPageToken) {
      token = try HistoryToken(text, ofTask: false, at: transaction.now)
      guard token.number == record.number else { throw .invalidPageToken() }
    } else {
      let last = try Executions.lastEventID(of: record, scope, transaction)
      let isReversed = input.reverseOrder ?? false
      token = HistoryToken(
        number: record.number, first: 1, last: last, next: isReversed ? last : 1, isReversed: isReversed, task: nil,
        givenAt: transaction.now.milliseconds)
    }
    let page = try HistoryPage.read(token, size: size, in: scope, transaction)
    var value = History(events: [], nextPageToken: page.nextPageToken).structureValue
    value[0] = page.events
    return EncodedAnswer(value)
  }

  /// AWS: absent and 0 mean the largest page, 1,000 events; the model's constraints refuse the rest.
  static func pageSize(_ given: Int?) throws(AWSError) -> Int {
    let size = PageToken.size(given)
    guard (1...1000).contains(size) else {
      let bound = size < 0 ? "greater than or equal to 0" : "less than or equal to 1000"
      throw .validation(
        "1 validation error detected: Value '\(size)' at 'maximumPageSize' failed to satisfy constraint: "
          + "Member must have value \(bound)")
    }
    return size
  }
}
