import Cloud
import Wire

/// DescribeLogGroups and ListLogGroups: in the order of the names' bytes.
enum DescribingGroups {
  static func describe(
    _ input: DescribeLogGroupsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeLogGroupsResponse {
    let scope = Scope(try Access.account(context), context.region)
    if input.logGroupNamePrefix != nil, input.logGroupNamePattern != nil {
      throw .invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
    }
    let limit = input.limit ?? 50
    if let identifiers = input.logGroupIdentifiers {
      guard input.logGroupNamePrefix == nil, input.logGroupNamePattern == nil else {
        // unverified: words
        throw .invalidParameter("LogGroup identifiers cannot be combined with a name prefix or pattern.")
      }
      var groups: [LogGroupRecord] = []
      for identifier in identifiers {
        let location = try GroupLocation(identifier: identifier, context)
        if location.scope == scope, let group = try location.find(transaction) { groups.append(group) }
      }
      groups.sort { $0.key < $1.key }
      return try answer(groups[...], limit, input.nextToken, scope, transaction)
    }
    let pattern = input.logGroupNamePattern ?? ""
    let found = try page(
      prefix: input.logGroupNamePrefix, after: input.nextToken, limit: limit + 1, in: scope, transaction
    ) { group in
      (pattern.isEmpty || group.name.contains(pattern))
        && (input.logGroupClass == nil || group.logClass.rawValue == input.logGroupClass)
    }
    return try answer(found[...], limit, nil, scope, transaction)
  }

  private static func answer(
    _ all: ArraySlice<LogGroupRecord>, _ limit: Int, _ token: String?, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> DescribeLogGroupsResponse {
    var rest = all
    if let token {
      let last = try PageToken.name(token)
      rest = rest.drop { Key($0.name) <= Key(last) }
    }
    let shown = rest.prefix(limit)
    var groups: [LogGroup] = []
    for group in shown { groups.append(try self.group(group, scope, transaction)) }
    return DescribeLogGroupsResponse(
      logGroups: groups, nextToken: rest.count > limit ? shown.last.map { PageToken.text($0.name) } : nil)
  }

  private static func group(
    _ record: LogGroupRecord, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> LogGroup {
    let arn = arn(record, scope)
    return LogGroup(
      logGroupName: record.name, creationTime: Int(record.createdAt), retentionInDays: record.retentionDays,
      metricFilterCount: try MetricFilterRecord.count(of: record, scope, transaction), arn: arn + ":*",
      storedBytes: Int(try GroupSizeRecord.find(record.id, scope, transaction).bytes), kmsKeyId: record.kmsKey,
      logGroupClass: record.logClass.rawValue, logGroupArn: arn, deletionProtectionEnabled: record.isProtected)
  }

  static func list(
    _ input: ListLogGroupsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListLogGroupsResponse {
    let scope = Scope(try Access.account(context), context.region)
    if input.dataSources != nil || input.fieldIndexNames != nil {
      throw .notImplemented("ListLogGroups with data sources or field indexes", of: "logs")
    }
    // AWS: ListLogGroups: up to five alternatives between bars; one that begins with `^` is a prefix.
    let alternatives = (input.logGroupNamePattern ?? "").split(separator: "|").map(String.init)
    let limit = input.limit ?? 50
    let found = try page(prefix: nil, after: input.nextToken, limit: limit + 1, in: scope, transaction) { group in
      let isNamed =
        alternatives.isEmpty
        || alternatives.contains {
          $0.hasPrefix("^") ? group.name.hasPrefix($0.dropFirst()) : group.name.contains($0)
        }
      let isTagged = (input.logGroupTags ?? []).allSatisfy { filter in
        guard let value = group.tags[filter.key] else { return false }
        return filter.values?.isEmpty ?? true || filter.values?.contains(value) ?? true
      }
      return isNamed && isTagged && (input.logGroupClass == nil || group.logClass.rawValue == input.logGroupClass)
    }
    let shown = found.prefix(limit)
    return ListLogGroupsResponse(
      logGroups: shown.map {
        LogGroupSummary(logGroupName: $0.name, logGroupArn: arn($0, scope), logGroupClass: $0.logClass.rawValue)
      }, nextToken: found.count > limit ? shown.last.map { PageToken.text($0.name) } : nil)
  }

  private static func arn(_ record: LogGroupRecord, _ scope: Scope) -> String {
    "arn:aws:logs:\(scope.region?.rawValue ?? ""):\(scope.account?.rawValue ?? ""):log-group:\(record.name)"
  }

  /// Up to `limit` groups that are wanted, read page by page.
  private static func page(
    prefix: String?, after token: String?, limit: Int, in scope: Scope, _ transaction: Transaction,
    where isWanted: (LogGroupRecord) -> Bool
  ) throws(AWSError) -> [LogGroupRecord] {
    var range = prefix.map { KeyRange.prefix(Key(), stringStartingWith: $0) } ?? .all
    if let token { range = range.after(Key(try PageToken.name(token))) }
    var found: [LogGroupRecord] = []
    while found.count < limit {
      let groups = try transaction.scan(LogGroupRecord.self, in: scope, range, limit: max(limit, 100))
      found += groups.filter(isWanted)
      guard groups.count >= max(limit, 100), let last = groups.last else { break }
      range = range.after(last.key)
    }
    return Array(found.prefix(limit))
  }
}
