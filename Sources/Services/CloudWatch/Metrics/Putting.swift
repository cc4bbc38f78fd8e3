import Cloud
import Wire

/// PutMetricData.
enum Putting {
  /// AWS: PutMetricData: "up to 1000 different metrics" in a request, "150 unique values" in a datum.
  static let datumLimit = 1000
  static let valueLimit = 150

  static func access(
    _ input: PutMetricDataInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    // AWS's own services put metrics into accounts without their leave, and only where they act for one.
    if case .service = context.caller.kind, context.request.sourceAccount != nil { return [] }
    return [
      AccessCheck(
        "cloudwatch:PutMetricData", on: "*", keys: [("cloudwatch:namespace", .single(input.namespace))])
    ]
  }

  static func put(
    _ input: PutMetricDataInput, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    var isService = false
    if case .service = context.caller.kind { isService = true }
    if input.namespace.hasPrefix("AWS/"), !isService {
      // unverified: words
      throw .invalidValue("The value AWS/ for parameter Namespace is invalid.")
    }
    if input.entityMetricData != nil { throw .notImplemented("PutMetricData with EntityMetricData", of: "cloudwatch") }
    guard let data = input.metricData, !data.isEmpty else {
      throw .missingParameter("The parameter MetricData is required.")
    }
    if data.count > datumLimit {
      throw .invalidValue("The collection MetricData must not have a size greater than \(datumLimit).")
    }
    let account = if isService, let owner = context.request.sourceAccount { owner } else { try context.account }
    let scope = Scope(account, context.region)
    var sums: [Slot: StatisticValue] = [:]
    for (index, datum) in data.enumerated() {
      let (slot, value) = try read(datum, input.namespace, "MetricData.member.\(index + 1)", transaction.now)
      if var sum = sums[slot] {
        sum.add(value)
        sums[slot] = sum
      } else {
        sums[slot] = value
      }
    }
    var ids: [MetricIdentity: Int64] = [:]
    for (slot, value) in sums {
      let id = if let known = ids[slot.metric] { known } else { try note(slot.metric, scope, transaction) }
      ids[slot.metric] = id
      var record = DatumRecord(metric: id, time: slot.time, unit: slot.unit, isFine: slot.isFine, value: value)
      if let old = try transaction.get(DatumRecord.self, record.key, in: scope) {
        record.value = old.value
        record.value.add(value)
      }
      try transaction.put(record, in: scope)
    }
    try Expiry.begin(scope, transaction)
    return NoMembers()
  }

  /// Where a datum goes.
  private struct Slot: Hashable {
    var metric: MetricIdentity
    var time: Int64
    var unit: String
    var isFine: Bool
  }

  private static func read(
    _ datum: MetricDatum, _ namespace: String, _ path: String, _ now: Timestamp
  ) throws(AWSError) -> (Slot, StatisticValue) {
    let names = (datum.dimensions ?? []).map(\.name)
    if Set(names).count != names.count { throw .invalidValue("No Metrics may have more than one dimension of a name.") }
    let resolution = datum.storageResolution ?? 60
    guard resolution == 1 || resolution == 60 else {
      throw .invalidValue("The parameter \(path).StorageResolution must be 1 or 60.")
    }
    let time = (datum.timestamp ?? now).milliseconds
    // AWS: MetricDatum, `Timestamp`: up to two weeks in the past and two hours into the future.
    guard time >= now.milliseconds - 14 * 86_400_000, time <= now.milliseconds + 2 * 3_600_000 else {
      throw .invalidValue(
        "The parameter \(path).Timestamp must specify a time no more than two weeks in the past and two hours in the future."
      )
    }
    let step: Int64 = resolution == 1 ? 1000 : 60_000
    let slot = Slot(
      metric: MetricIdentity(namespace: namespace, name: datum.metricName, dimensions: datum.dimensions),
      time: time / step * step, unit: datum.unit ?? "None", isFine: resolution == 1)
    return (slot, try value(datum, path))
  }

  private static func value(_ datum: MetricDatum, _ path: String) throws(AWSError) -> StatisticValue {
    if datum.value != nil, datum.values != nil {
      throw .invalidCombination(
        "The parameters \(path).Value and \(path).Values are mutually exclusive and you have specified both.")
    }
    if datum.statisticValues != nil, datum.value != nil || datum.values != nil {
      throw .invalidCombination(
        "The parameters \(path).Value and \(path).StatisticValues are mutually exclusive and you have specified both.")
    }
    if let set = datum.statisticValues {
      for number in [set.sampleCount, set.sum, set.minimum, set.maximum] { try check(number, path) }
      guard set.sampleCount > 0, set.minimum <= set.maximum else {
        throw .invalidValue("The parameter \(path).StatisticValues is invalid.")
      }
      return StatisticValue(
        count: set.sampleCount, sum: set.sum, minimum: set.minimum, maximum: set.maximum)
    }
    if let value = datum.value {
      try check(value, path)
      return StatisticValue(value)
    }
    guard let values = datum.values, !values.isEmpty else {
      throw .missingParameter(
        "At least one of the parameters \(path).Value, \(path).Values and \(path).StatisticValues must be specified.")
    }
    if values.count > valueLimit {
      throw .invalidValue("The collection \(path).Values must not have a size greater than \(valueLimit).")
    }
    let counts = datum.counts ?? Array(repeating: 1, count: values.count)
    guard counts.count == values.count else {
      throw .invalidCombination("The parameters \(path).Values and \(path).Counts must be of the same size.")
    }
    var sum: StatisticValue?
    for (value, count) in zip(values, counts) {
      try check(value, path)
      try check(count, path)
      guard count > 0 else { throw .invalidValue("The parameter \(path).Counts must be greater than 0.") }
      let one = StatisticValue(value, count: count)
      if sum == nil { sum = one } else { sum?.add(one) }
    }
    guard let sum else { throw .internalFailure() }
    return sum
  }

  /// AWS: MetricDatum, `Value`: from -2^360 to 2^360, no NaN, no infinity.
  private static func check(_ number: Double, _ path: String) throws(AWSError) {
    guard number.isFinite, abs(number) <= 0x1p360 else {
      throw .invalidValue("The value \(number) for parameter \(path).Value is invalid.")
    }
  }

  /// The metric's id; it is made known if it is new.
  private static func note(
    _ metric: MetricIdentity, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> Int64 {
    let hour = transaction.now.milliseconds / 3_600_000 * 3_600_000
    guard var record = try transaction.get(MetricRecord.self, metric.key, in: scope) else {
      let new = MetricRecord(identity: metric, id: Int64(transaction.random.next() >> 1), lastData: hour)
      try transaction.insert(new, in: scope)
      return new.id
    }
    if record.lastData != hour {
      record.lastData = hour
      try transaction.put(record, in: scope)
    }
    return record.id
  }
}

/// Removes data that are older than any that can be asked for.
enum Expiry {
  /// AWS: concepts, "Metrics retention": 455 days.
  static let lifetime: Int64 = 455 * 86_400_000
  private static let batch = 1000

  static func begin(_ scope: Scope, _ transaction: Transaction) throws(AWSError) {
    let key = Key("begun")
    if try transaction.contains(ExpiryRecord.self, key, in: scope) { return }
    try transaction.insert(ExpiryRecord(), in: scope)
    try schedule(in: scope, transaction.now.adding(seconds: 86_400), transaction)
  }

  private static func schedule(
    in scope: Scope, _ due: Timestamp, _ transaction: Transaction
  ) throws(AWSError) {
    try transaction.schedule(
      TimerRequest(
        service: CloudWatchService.name, name: Key(.string("expire")), in: scope, due: due, isAwaited: false))
  }

  static func run(_ request: TimerRequest, _ transaction: Transaction) throws(AWSError) {
    let limit = transaction.now.milliseconds - lifetime
    var removed = 0
    for metric in try transaction.scan(MetricRecord.self, in: request.scope) where removed < batch {
      let range = KeyRange.prefix(.integer(metric.id)).before(Key(.integer(metric.id), .integer(limit)))
      for old in try transaction.scan(DatumRecord.self, in: request.scope, range, limit: batch) {
        try transaction.delete(old, in: request.scope)
        removed += 1
      }
      if metric.lastData < limit { try transaction.delete(metric, in: request.scope) }
    }
    try schedule(in: request.scope, transaction.now.adding(seconds: removed >= batch ? 0 : 86_400), transaction)
  }
}

/// Says that an account's data are looked after.
struct ExpiryRecord: Record {
  static let kind = "cloudwatch.expiry"
  static let isCached = true

  var key: Key { Key("begun") }
}
