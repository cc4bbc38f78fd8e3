import Cloud
import Wire

/// DescribeTrails, GetTrail, ListTrails.
enum ReadingTrails {
  static func describe(
    _ input: DescribeTrailsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> DescribeTrailsResponse {
    let account = try context.account
    let includesShadows = input.includeShadowTrails ?? true
    let all =
      try TrailFinding.owned(by: account, transaction) + TrailFinding.shared(with: account, transaction)
    var found = all.filter { trail in
      trail.region == context.region || includesShadows && trail.stands(in: context.region)
    }
    if let names = input.trailNameList, !names.isEmpty {
      // A trail that isn't there is left out rather than an error; a name that can't be one is.
      var wanted: Set<String> = []
      for name in names {
        switch try TrailName.parse(name) {
        case .name(let name): wanted.insert(TrailName.arn(name, context.region, account))
        case .arn(let text, _, _, _): wanted.insert(text)
        }
      }
      found = found.filter { wanted.contains($0.arn) }
    }
    return DescribeTrailsResponse(trailList: found.map(\.shape))
  }

  static func get(
    _ input: GetTrailRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetTrailResponse {
    GetTrailResponse(trail: try TrailFinding.seen(input.name, context, transaction).shape)
  }

  /// AWS: CloudTrail API, ListTrails: the trails of all Regions.
  static func list(
    _ input: ListTrailsRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> ListTrailsResponse {
    let account = try context.account
    let all =
      try TrailFinding.owned(by: account, transaction) + TrailFinding.shared(with: account, transaction)
    let shown = all.sorted { $0.arn < $1.arn }.map {
      TrailInfo(trailARN: $0.arn, name: $0.name, homeRegion: $0.region.rawValue)
    }
    return ListTrailsResponse(trails: shown)
  }
}
