import kotlin.reflect.KType
import kotlinx.serialization.serializer
import org.stillpoint.client.infrastructure.ApiClient

/** By the client's own settings. */
@Suppress("UNCHECKED_CAST")
fun <T> readJson(json: String, type: KType): T =
    ApiClient.JSON_DEFAULT.run { decodeFromString(serializersModule.serializer(type), json) as T }
