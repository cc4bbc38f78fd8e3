import Cloud
import Wire

/// A dashboard: kept as it is given.
struct DashboardRecord: Record {
  static let kind = "cloudwatch.dashboard"

  var name: String
  var body: String
  /// Milliseconds since 1970.
  var modifiedAt: Int64

  var key: Key { Key(name) }
}

/// PutDashboard, GetDashboard, ListDashboards and DeleteDashboards. Dashboards belong to an account, not to a Region.
enum Dashboards {
  private static func arn(_ name: String, _ account: AccountID) -> String {
    "arn:aws:cloudwatch::\(account):dashboard/\(name)"
  }

  static func access(_ action: String, _ names: [String], _ context: Context) throws(AWSError) -> [AccessCheck] {
    let account = try context.account
    return names.map { AccessCheck("cloudwatch:\(action)", on: arn($0, account)) }
  }

  static func put(
    _ input: PutDashboardInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutDashboardOutput {
    // AWS: PutDashboard, `DashboardName`: letters, digits, `-` and `_`, up to 255.
    let isNamed =
      (1...255).contains(input.dashboardName.utf8.count)
      && input.dashboardName.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
      }
    guard isNamed else {
      throw invalid("The value \(input.dashboardName) for field DashboardName contains invalid characters.")
    }
    guard let body = JSONValue(parsing: input.dashboardBody), body.object != nil else {
      throw invalid("The field DashboardBody must be a valid JSON object")
    }
    if let widgets = body["widgets"], widgets.array == nil {
      throw invalid("The field DashboardBody must have widgets as a list")
    }
    try transaction.put(
      DashboardRecord(
        name: input.dashboardName, body: input.dashboardBody, modifiedAt: transaction.now.milliseconds),
      in: Scope(try context.account))
    return PutDashboardOutput(dashboardValidationMessages: [])
  }

  // unverified: AWS's words
  private static func invalid(_ message: String) -> AWSError {
    var one = StructureValue(count: 2)
    one.set(1, string: message)
    return AWSError(
      "DashboardInvalidInputError", message,
      fields: [("dashboardValidationMessages", .list([.structure(one)]))])
  }

  static func get(
    _ input: GetDashboardInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetDashboardOutput {
    let account = try context.account
    guard let record = try transaction.get(DashboardRecord.self, Key(input.dashboardName), in: Scope(account)) else {
      throw notFound(input.dashboardName)
    }
    return GetDashboardOutput(
      dashboardArn: arn(record.name, account), dashboardBody: record.body, dashboardName: record.name)
  }

  static func list(
    _ input: ListDashboardsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListDashboardsOutput {
    let account = try context.account
    let all = try transaction.scan(
      DashboardRecord.self, in: Scope(account), .prefix(Key(), stringStartingWith: input.dashboardNamePrefix ?? ""))
    var start = 0
    if let token = input.nextToken {
      guard let read = PageToken.number(token) else { throw .invalidValue("The next token is invalid.") }
      start = min(read, all.count)
    }
    let page = all[start...].prefix(1000)
    return ListDashboardsOutput(
      dashboardEntries: page.map {
        DashboardEntry(
          dashboardName: $0.name, dashboardArn: arn($0.name, account),
          lastModified: Timestamp(milliseconds: $0.modifiedAt), size: $0.body.utf8.count)
      }, nextToken: page.endIndex < all.count ? PageToken.text(page.endIndex) : nil)
  }

  static func delete(
    _ input: DeleteDashboardsInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DeleteDashboardsOutput {
    let scope = Scope(try context.account)
    for name in input.dashboardNames {
      // AWS: if one doesn't exist, none is deleted.
      guard try transaction.delete(DashboardRecord.self, Key(name), in: scope) else { throw notFound(name) }
    }
    return DeleteDashboardsOutput()
  }

  private static func notFound(_ name: String) -> AWSError {
    AWSError("DashboardNotFoundError", "Dashboard \(name) does not exist")
  }
}
