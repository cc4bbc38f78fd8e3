import Cloud
import Wire

/// The parameters of connections: kept whole, shown without their secrets.
enum ConnectionParameters {
  private static func shape(_ operation: String) -> Shape? {
    let model = ServiceModel.events
    guard let member = model.operations[operation]?.input?.member("AuthParameters") else { return nil }
    return model.shapes[member.shape]
  }

  /// The JSON of the parameters of CreateConnection or UpdateConnection.
  static func json(_ parameters: some Structure, of operation: String) throws(AWSError) -> JSONValue {
    guard let shape = shape(operation),
      let json = JSONValue(json: ServiceModel.events.json(parameters.structureValue, as: shape))
    else { throw .internalFailure() }
    return json
  }

  static func read(_ text: String) -> CreateConnectionAuthRequestParameters {
    guard let shape = shape("CreateConnection"),
      let value = ServiceModel.events.structure(json: Array(text.utf8), as: shape)
    else { return CreateConnectionAuthRequestParameters() }
    return CreateConnectionAuthRequestParameters(value)
  }

  /// What a change leaves: members that it names replace those that are there.
  static func merged(_ old: JSONValue, _ change: JSONValue) -> JSONValue {
    guard case .object(var members) = old, case .object(let new) = change else { return change }
    for member in new {
      if let index = members.firstIndex(where: { $0.name == member.name }) {
        members[index].value = merged(members[index].value, member.value)
      } else {
        members.append(member)
      }
    }
    return .object(members)
  }

  /// - Throws: ValidationException if what the type needs isn't there.
  static func check(_ parameters: CreateConnectionAuthRequestParameters, for type: ConnectionRecord.Kind)
    throws(AWSError)
  {
    if parameters.connectivityParameters != nil {
      throw .notImplemented("a connection with ConnectivityParameters", of: "EventBridge")
    }
    let (name, isThere) =
      switch type {
      case .basic: ("BasicAuthParameters", parameters.basicAuthParameters != nil)
      case .oauth: ("OAuthParameters", parameters.oAuthParameters != nil)
      case .apiKey: ("ApiKeyAuthParameters", parameters.apiKeyAuthParameters != nil)
      }
    // unverified: words
    if !isThere { throw .validation("Parameter(s) \(name) must be specified for AuthorizationType \(type.rawValue).") }
  }

  /// What DescribeConnection shows.
  static func shown(_ parameters: CreateConnectionAuthRequestParameters) -> ConnectionAuthResponseParameters {
    ConnectionAuthResponseParameters(
      basicAuthParameters: parameters.basicAuthParameters.map {
        ConnectionBasicAuthResponseParameters(username: $0.username)
      },
      oAuthParameters: parameters.oAuthParameters.map { oauth in
        ConnectionOAuthResponseParameters(
          clientParameters: ConnectionOAuthClientResponseParameters(clientID: oauth.clientParameters.clientID),
          authorizationEndpoint: oauth.authorizationEndpoint, httpMethod: oauth.httpMethod,
          oAuthHttpParameters: shown(oauth.oAuthHttpParameters))
      },
      apiKeyAuthParameters: parameters.apiKeyAuthParameters.map {
        ConnectionApiKeyAuthResponseParameters(apiKeyName: $0.apiKeyName)
      },
      invocationHttpParameters: shown(parameters.invocationHttpParameters))
  }

  private static func shown(_ parameters: ConnectionHttpParameters?) -> ConnectionHttpParameters? {
    guard var parameters else { return nil }
    parameters.headerParameters = parameters.headerParameters?.map { parameter in
      var parameter = parameter
      if parameter.isValueSecret == true { parameter.value = nil }
      return parameter
    }
    parameters.queryStringParameters = parameters.queryStringParameters?.map { parameter in
      var parameter = parameter
      if parameter.isValueSecret == true { parameter.value = nil }
      return parameter
    }
    parameters.bodyParameters = parameters.bodyParameters?.map { parameter in
      var parameter = parameter
      if parameter.isValueSecret == true { parameter.value = nil }
      return parameter
    }
    return parameters
  }
}
