import kotlin.reflect.KType
import kotlinx.serialization.serializer
import org.stillpoint.client.infrastructure.Serializer

/** By the client's own settings. */
@Suppress("UNCHECKED_CAST")
fun <T> readJson(json: String, type: KType): T =
    Serializer.kotlinxSerializationJson.run { decodeFromString(serializersModule.serializer(type), json) as T }
