import Cloud
import Wire

/// PutEventSelectors, GetEventSelectors, PutInsightSelectors, GetInsightSelectors.
enum Selecting {
  static func put(
    _ input: PutEventSelectorsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutEventSelectorsResponse {
    var trail = try TrailFinding.changeable(input.trailName, context, transaction)
    switch (input.eventSelectors, input.advancedEventSelectors) {
    case (let basic?, nil): trail.selection = .basic(try SelectorRules.basic(basic))
    case (nil, let advanced?) where !advanced.isEmpty:
      trail.selection = .advanced(try SelectorRules.advanced(advanced))
    case (nil, nil), (nil, .some):
      throw .selectors("You must specify either event selectors or advanced event selectors.")  // unverified: words
    default:
      // unverified: words
      throw .selectors("You can specify either event selectors or advanced event selectors, but not both.")
    }
    trail.hasCustomSelectors = true
    try transaction.put(trail, in: trail.scope)
    let shapes = shapes(trail.selection)
    return PutEventSelectorsResponse(
      trailARN: trail.arn, eventSelectors: shapes.basic, advancedEventSelectors: shapes.advanced)
  }

  static func get(
    _ input: GetEventSelectorsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetEventSelectorsResponse {
    let trail = try TrailFinding.seen(input.trailName, context, transaction)
    let shapes = shapes(trail.selection)
    return GetEventSelectorsResponse(
      trailARN: trail.arn, eventSelectors: shapes.basic, advancedEventSelectors: shapes.advanced)
  }

  private static func shapes(
    _ selection: EventSelection
  ) -> (basic: [EventSelector]?, advanced: [AdvancedEventSelector]?) {
    switch selection {
    case .basic(let selectors): (selectors.map(\.shape), nil)
    case .advanced(let selectors): (nil, selectors.map(\.shape))
    }
  }

  // MARK: Insights: kept, but nothing here measures rates

  static func putInsights(
    _ input: PutInsightSelectorsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> PutInsightSelectorsResponse {
    var trail = try TrailFinding.changeable(try name(input.trailName, input.eventDataStore), context, transaction)
    let types = input.insightSelectors.compactMap(\.insightType)
    guard Set(types).count == types.count else {
      // unverified: words
      throw .trail("InvalidInsightSelectorsException", "An insight type is named twice.")
    }
    trail.insights = types
    try transaction.put(trail, in: trail.scope)
    return PutInsightSelectorsResponse(trailARN: trail.arn, insightSelectors: input.insightSelectors)
  }

  static func getInsights(
    _ input: GetInsightSelectorsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetInsightSelectorsResponse {
    let trail = try TrailFinding.seen(try name(input.trailName, input.eventDataStore), context, transaction)
    guard !trail.insights.isEmpty else {
      throw .trail(
        "InsightNotEnabledException", "Trail \(trail.arn) does not have Insights enabled.")  // unverified: words
    }
    return GetInsightSelectorsResponse(
      trailARN: trail.arn, insightSelectors: trail.insights.map { InsightSelector(insightType: $0) })
  }

  private static func name(_ trail: String?, _ dataStore: String?) throws(AWSError) -> String {
    guard dataStore == nil else { throw .notImplemented("PutInsightSelectors with EventDataStore", of: "cloudtrail") }
    guard let trail else {
      throw .trail("InvalidParameterException", "You must specify a trail.")  // unverified: words
    }
    return trail
  }
}
